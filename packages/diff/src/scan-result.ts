import {formatAddress, parseAddress} from '@halfopen/model';
import {PortRanges} from './port-ranges.ts';

/** What a file says of a scan, as far as two of them are compared. */
export interface ScanResult {
	/** The file, for messages. */
	readonly name: string;
	/** In the order of the file. */
	readonly hosts: ReadonlyMap<string, HostResult>;
	/** Whether hosts without an open port are in it too; where not, a host that is missing says nothing. */
	readonly hasAllHosts: boolean;
	/** What makes it less than a whole result: it was interrupted, say. */
	readonly problems: readonly string[];
}

export interface HostResult {
	readonly address: string;
	/** From reverse DNS, or as it was asked for. */
	readonly name?: string;
	readonly status: 'up' | 'down';
	/** States by port, of ports that have an entry of their own. */
	readonly listed: ReadonlyMap<string, string>;
	/** Ports that are summed up: states, and which ports, unless only their number is told. */
	readonly hidden: readonly HiddenPorts[];
}

export interface HiddenPorts {
	readonly state: string;
	readonly protocol: string;
	readonly ports: PortRanges | undefined;
}

/** A port as a key: `22/tcp`. There is one string for each, however many hosts have it. */
export const portKey = (port: number, protocol: string): string => {
	const keys = keysByProtocol.get(protocol) ?? [];
	keysByProtocol.set(protocol, keys);
	return (keys[port] ??= `${port}/${protocol}`);
};

const keysByProtocol = new Map<string, string[]>();

/** Puts a result together, host by host; what is said of a host in several places is one host. */
export class ResultBuilder {
	readonly #hosts = new Map<string, GrowingHost>();
	readonly #ranges = new Map<string, PortRanges>();
	readonly #problems: string[] = [];

	/** The host with this address; `undefined` when that is none. */
	host(text: string): GrowingHost | undefined {
		const known = this.#hosts.get(text);
		if (known !== undefined) {
			return known;
		}

		const parsed = parseAddress(text);
		if (parsed === undefined) {
			return undefined;
		}

		const address = formatAddress(parsed);
		const host = this.#hosts.get(address) ?? new GrowingHost(address);
		this.#hosts.set(address, host);
		return host;
	}

	/** Many hosts have the same ranges: each text is read once. `undefined` when it is none. */
	ranges(text: string): PortRanges | undefined {
		const known = this.#ranges.get(text);
		if (known !== undefined) {
			return known;
		}

		const ranges = PortRanges.parse(text);
		if (ranges !== undefined && this.#ranges.size < MOST_RANGES_KEPT) {
			this.#ranges.set(text, ranges);
		}

		return ranges;
	}

	problem(text: string): void {
		this.#problems.push(text);
	}

	build(name: string, hasAllHosts: boolean): ScanResult {
		return {name, hosts: this.#hosts, hasAllHosts, problems: this.#problems};
	}
}

const MOST_RANGES_KEPT = 10_000;

/** A host that more may be said of. */
export class GrowingHost implements HostResult {
	readonly address: string;
	name?: string;
	status: 'up' | 'down' = 'up';
	readonly listed: Map<string, string> = new Map();
	readonly hidden: HiddenPorts[] = [];

	constructor(address: string) {
		this.address = address;
	}

	/** A state that was never found out is none. */
	list(port: number, protocol: string, state: string): void {
		if (state !== 'unknown') {
			this.listed.set(portKey(port, protocol), state);
		}
	}

	hide(state: string, protocol: string, ports: PortRanges | undefined): void {
		if (state !== 'unknown') {
			this.hidden.push({state, protocol, ports});
		}
	}
}
