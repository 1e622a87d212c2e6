import {type Address, formatAddress} from '@halfopen/model';
import {readHostsFile} from './hosts-file.ts';
import {pointerName} from './pointer-name.ts';

/** Who is asked for names: these servers instead of those of the system, or the system itself. */
export interface NameSourceOptions {
	readonly servers?: readonly string[];
	readonly bySystem?: boolean;
}

/** Finds the names of addresses, one way or another. */
export interface NameSource {
	/** Questions at a time that it is good for. */
	readonly width: number;
	/** Rejects when there is no name or no answer. */
	nameOf(address: Address): Promise<string | undefined>;
	/** Gives up on what is still asked. */
	cancel(): void;
}

/** Node's resolvers are loaded when the first name is looked up: with -n they never are. */
export const openNameSource = async ({servers, bySystem = false}: NameSourceOptions): Promise<NameSource> => {
	if (bySystem) {
		return openSystem();
	}

	return servers === undefined ? withHostsFile(await openServers()) : openServers(servers);
};

/** Asked by threads of which Node has four, and which cannot be stopped. */
const openSystem = async (): Promise<NameSource> => {
	const {lookupService} = await import('node:dns/promises');
	return {
		width: SYSTEM_WIDTH,
		nameOf: async address => {
			const text = formatAddress(address);
			const {hostname} = await lookupService(text, ANY_PORT);
			return hostname === text ? undefined : hostname; // Its own text when there is no name
		},
		cancel: () => {},
	};
};

/** Not by `Resolver.reverse`, which says of a server that is silent that there is no such name. */
const openServers = async (servers?: readonly string[]): Promise<NameSource> => {
	const {Resolver} = await import('node:dns/promises');
	const resolver = new Resolver({timeout: TIMEOUT, tries: TRIES});
	if (servers !== undefined) {
		resolver.setServers(servers);
	}

	return {
		width: SERVERS_WIDTH,
		nameOf: async address => {
			const names = await resolver.resolvePtr(pointerName(address));
			return names.find(name => name !== '');
		},
		cancel: () => {
			resolver.cancel();
		},
	};
};

const withHostsFile = async (source: NameSource): Promise<NameSource> => {
	const hosts = await readHostsFile();
	return {
		...source,
		nameOf: async address => hosts.get(address.value) ?? source.nameOf(address),
	};
};

const SYSTEM_WIDTH = 4;

/** `lookupService` looks up a port as well. */
const ANY_PORT = 80;

const SERVERS_WIDTH = 200;

/** How long each server is waited for, in milliseconds, and how often each is asked. */
const TIMEOUT = 600;
const TRIES = 2;
