import {parseAddress} from '@halfopen/model';
import {type HiddenPorts, type HostResult, portKey, type ScanResult} from './scan-result.ts';

/** What is different between two results. */
export interface ResultDiff {
	readonly before: ScanResult;
	readonly after: ScanResult;
	/** By address. */
	readonly hosts: readonly HostDiff[];
}

export interface HostDiff {
	readonly address: string;
	readonly name?: string;
	/** The host is in one of the results only, or is down in one. */
	readonly change?: 'appeared' | 'went';
	/** By protocol and number. */
	readonly ports: readonly PortDiff[];
}

/** A port whose state is another. Absent is a state that a result does not tell; the other is then `open`. */
export interface PortDiff {
	readonly port: number;
	readonly protocol: string;
	readonly before?: string;
	readonly after?: string;
}

/**
 * Compares two results. Formats tell more or less of ports that are not open, so these count only where both results
 * have a state of them; an open port counts in any case.
 */
export const diffResults = (before: ScanResult, after: ScanResult): ResultDiff => {
	const addresses = new Set([...before.hosts.keys(), ...after.hosts.keys()]);
	const hosts = [...addresses].flatMap(address => diffHost(address, before, after) ?? []);
	return {before, after, hosts: sortedByAddress(hosts)};
};

const diffHost = (address: string, before: ScanResult, after: ScanResult): HostDiff | undefined => {
	const one = before.hosts.get(address);
	const other = after.hosts.get(address);
	const change = changeOf(one, other, before, after);
	const ports = diffPorts(one, other);
	const name = other?.name ?? one?.name;
	return change === undefined && ports.length === 0
		? undefined
		: {
				address,
				...(name !== undefined && name !== '' && {name}),
				...(change !== undefined && {change}),
				ports,
			};
};

/** A host that a result need not mention has not gone, unless it is told to be up or down in both. */
const changeOf = (
	one: HostResult | undefined,
	other: HostResult | undefined,
	before: ScanResult,
	after: ScanResult,
): HostDiff['change'] => {
	const wasUp = one?.status === 'up';
	const isUp = other?.status === 'up';
	if (
		wasUp === isUp ||
		(one === undefined && !before.hasAllHosts) ||
		(other === undefined && !after.hasAllHosts)
	) {
		return undefined;
	}

	return isUp ? 'appeared' : 'went';
};

const diffPorts = (one: HostResult | undefined, other: HostResult | undefined): PortDiff[] =>
	keysToCompare(one, other)
		.flatMap(key => diffPort(key, one, other) ?? [])
		.sort(byPort);

/** Ports that either has an entry of, and those that both sum up under states that cannot be the same. */
const keysToCompare = (one: HostResult | undefined, other: HostResult | undefined): string[] => {
	const keys = new Set([...(one?.listed.keys() ?? []), ...(other?.listed.keys() ?? [])]);
	for (const hidden of one?.hidden ?? []) {
		if (hidden.ports !== undefined && other?.hidden.some(({state}) => state !== hidden.state) === true) {
			for (const port of hidden.ports) {
				keys.add(portKey(port, hidden.protocol));
			}
		}
	}

	return [...keys];
};

const diffPort = (
	key: string,
	one: HostResult | undefined,
	other: HostResult | undefined,
): PortDiff | undefined => {
	const [port, protocol] = [Number.parseInt(key, 10), key.slice(key.indexOf('/') + 1)];
	const before = stateOf(one, key, port, protocol);
	const after = stateOf(other, key, port, protocol);
	const isSame =
		before === after || (before === undefined ? after !== 'open' : after === undefined && before !== 'open');
	return isSame
		? undefined
		: {port, protocol, ...(before !== undefined && {before}), ...(after !== undefined && {after})};
};

/** Of ports that are summed up without being named, the state is known where there is only one. */
const stateOf = (
	host: HostResult | undefined,
	key: string,
	port: number,
	protocol: string,
): string | undefined => {
	const listed = host?.listed.get(key);
	if (listed !== undefined || host === undefined) {
		return listed;
	}

	const mayBe = host.hidden.filter(hidden => covers(hidden, port, protocol));
	return mayBe.length === 1 ? mayBe[0].state : mayBe.find(({ports}) => ports !== undefined)?.state;
};

const covers = (hidden: HiddenPorts, port: number, protocol: string): boolean =>
	hidden.protocol === protocol && (hidden.ports === undefined || hidden.ports.has(port));

const byPort = (one: PortDiff, other: PortDiff): number =>
	one.protocol.localeCompare(other.protocol, 'en') || one.port - other.port;

/** IPv4 before IPv6, each ascending. */
const sortedByAddress = (hosts: readonly HostDiff[]): HostDiff[] =>
	hosts
		.map(host => ({
			host,
			key: BigInt(parseAddress(host.address)?.value ?? 0),
			isLong: host.address.includes(':'),
		}))
		.sort((one, other) => Number(one.isLong) - Number(other.isLong) || (one.key < other.key ? -1 : 1))
		.map(({host}) => host);
