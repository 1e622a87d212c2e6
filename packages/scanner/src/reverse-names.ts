import {isIP} from 'node:net';
import {type Address, formatAddress, ScanError} from '@halfopen/model';

/** How long a name server is waited for, and how often it is asked. */
const TIMEOUT_MILLISECONDS = 1000;
const TRIES = 2;

/** Who is asked: these servers instead of those of the system, or the system itself. */
export interface ReverseNamesOptions {
	readonly servers?: readonly string[];
	readonly bySystem?: boolean;
}

/** Looks up names of addresses (PTR records) while a scan runs; a server that is dead costs a bounded time. */
export class ReverseNames {
	readonly #options: ReverseNamesOptions;
	#source: Promise<NameSource> | undefined;

	constructor(options: ReverseNamesOptions = {}) {
		this.#options = options;
	}

	/** The name of an address; `undefined` when it has none, or none was found in time. */
	async lookUp(address: Address): Promise<string | undefined> {
		try {
			this.#source ??= newSource(this.#options);
			return await (await this.#source).nameOf(formatAddress(address));
		} catch {
			return undefined; // No such name, no server, or too late: the report does without
		}
	}

	/** Gives up on what is still looked up. */
	async close(): Promise<void> {
		(await this.#source)?.cancel();
	}
}

/**
 * Checks that servers are addresses, with or without port, before anything is sent.
 * @throws ScanError `ERR_HALFOPEN_OPTION`
 */
export const checkServers = (servers: readonly string[]): void => {
	for (const server of servers) {
		const {inBrackets, bare = inBrackets ?? server, port = '53'} = SERVER.exec(server)?.groups ?? {};
		if (isIP(bare) === 0 || Number(port) < 1 || Number(port) > HIGHEST_PORT) {
			throw new ScanError('ERR_HALFOPEN_OPTION', `Expected the address of a name server, got \`${server}\``);
		}
	}
};

/** `192.0.2.1`, `192.0.2.1:53`, `[2001:db8::1]:53`; a bare IPv6 address matches as a whole. */
const SERVER = /^(?:\[(?<inBrackets>.+)\]|(?<bare>[^:]+))(?::(?<port>\d+))?$/;
const HIGHEST_PORT = 65_535;

interface NameSource {
	nameOf(address: string): Promise<string | undefined>;
	cancel(): void;
}

/** Loaded when the first name is looked up: with -n it never is. */
const newSource = async ({servers, bySystem = false}: ReverseNamesOptions): Promise<NameSource> => {
	const {lookupService, Resolver} = await import('node:dns/promises');
	if (bySystem) {
		return {
			nameOf: async address => {
				const {hostname} = await lookupService(address, ANY_PORT);
				return hostname === address ? undefined : hostname; // Its own text when there is no name
			},
			cancel: () => {},
		};
	}

	const resolver = new Resolver({timeout: TIMEOUT_MILLISECONDS, tries: TRIES});
	if (servers !== undefined) {
		resolver.setServers(servers);
	}

	return {
		nameOf: async address => (await resolver.reverse(address))[0],
		cancel: () => {
			resolver.cancel();
		},
	};
};

/** `lookupService` looks up a port as well. */
const ANY_PORT = 80;
