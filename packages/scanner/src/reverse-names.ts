import {isIP} from 'node:net';
import {type Address, formatAddress, ScanError} from '@halfopen/model';
import {KnownNames} from './names/known-names.ts';
import {type NameSource, type NameSourceOptions, openNameSource} from './names/name-source.ts';
import {Silence} from './names/silence.ts';
import {Turns} from './names/turns.ts';

export type ReverseNamesOptions = NameSourceOptions;

/**
 * Looks up names of addresses (PTR records) while a scan runs: many at a time, each for a bounded time, and none any more
 * while name servers are silent. So a dead server costs two seconds and not two for each host.
 */
export class ReverseNames {
	readonly #options: NameSourceOptions;
	readonly #known = new KnownNames(MOST_KNOWN);
	readonly #silence = new Silence();
	#asking: Promise<Asking> | undefined;
	#isClosed = false;

	constructor(options: NameSourceOptions = {}) {
		this.#options = options;
	}

	/** The name of an address; `undefined` when it has none, or none was found in time. */
	async lookUp(address: Address): Promise<string | undefined> {
		const text = formatAddress(address);
		if (this.#known.has(text) || this.#isClosed || this.#silence.holds(Date.now())) {
			return this.#known.get(text);
		}

		this.#asking ??= this.#open();
		const {source, turns} = await this.#asking;
		return turns.run(async () =>
			this.#isClosed || this.#silence.holds(Date.now()) ? undefined : this.#ask(source, address, text),
		);
	}

	/** Gives up on what is still looked up. */
	async close(): Promise<void> {
		this.#isClosed = true;
		(await this.#asking)?.source.cancel();
	}

	async #open(): Promise<Asking> {
		const source = await openNameSource(this.#options);
		return {source, turns: new Turns(source.width)};
	}

	async #ask(source: NameSource, address: Address, text: string): Promise<string | undefined> {
		try {
			const name = await inTime(source.nameOf(address));
			this.#silence.onAnswer();
			this.#known.set(text, name);
			return name;
		} catch (error) {
			this.#onFailure((error as NodeJS.ErrnoException).code ?? '', source, text);
			return undefined; // The report does without
		}
	}

	#onFailure(code: string, source: NameSource, text: string): void {
		if (code === CANCELLED) {
			return;
		}

		if (!NO_ANSWER.has(code)) {
			this.#silence.onAnswer();
		} else if (this.#silence.onNoAnswer(Date.now())) {
			source.cancel();
		}

		if (NO_NAME.has(code)) {
			this.#known.set(text, undefined);
		}
	}
}

interface Asking {
	readonly source: NameSource;
	readonly turns: Turns;
}

/** Addresses whose names are remembered. */
const MOST_KNOWN = 10_000;

/** How long a report waits for its name, in milliseconds, however many servers are tried. */
const PATIENCE = 2000;

const TOO_LATE = 'ETIMEOUT';
const CANCELLED = 'ECANCELLED';

/** Codes of errors that come without a word from a server. */
const NO_ANSWER: ReadonlySet<string> = new Set([TOO_LATE, 'ECONNREFUSED', 'EAI_AGAIN']);

/** Codes of errors by which a server says that there is no name. */
const NO_NAME: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

/** Rejects with the code of a timeout when patience ends. */
const inTime = async <Result>(answer: Promise<Result>): Promise<Result> => {
	let timer: NodeJS.Timeout | undefined;
	const patience = new Promise<never>((_, reject) => {
		timer = setTimeout(() => {
			reject(Object.assign(new Error('No answer in time'), {code: TOO_LATE}));
		}, PATIENCE);
	});
	try {
		return await Promise.race([answer, patience]);
	} finally {
		clearTimeout(timer);
	}
};

/**
 * Checks that servers are addresses, with or without port, before anything is sent.
 * @throws ScanError `ERR_HALFOPEN_OPTION`
 */
export const checkServers = (servers: readonly string[]): void => {
	for (const server of servers) {
		const {inBrackets, bare = inBrackets ?? server, port = '53'} = SERVER.exec(server)?.groups ?? {};
		if (isIP(bare) === 0 || Number(port) < 1 || Number(port) > HIGHEST_PORT) {
			throw new ScanError('ERR_HALFOPEN_OPTION', `Expected addresses of name servers, got \`${server}\``, {
				option: 'dnsServers',
			});
		}
	}
};

/** `192.0.2.1`, `192.0.2.1:53`, `[2001:db8::1]:53`; a bare IPv6 address matches as a whole. */
const SERVER = /^(?:\[(?<inBrackets>.+)\]|(?<bare>[^:]+))(?::(?<port>\d+))?$/;
const HIGHEST_PORT = 65_535;
