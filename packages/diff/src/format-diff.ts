import type {HostDiff, PortDiff, ResultDiff} from './diff-results.ts';

export interface DiffStyle {
	/** Whether the text is for a terminal that shows colours. */
	readonly colors: boolean;
	/** Makes text harmless that came from a file, and into it from the network. */
	readonly escape: (text: string) => string;
}

/** The differences for people: a paragraph for each host; nothing when there are none. */
export const formatDiff = ({hosts}: ResultDiff, style: DiffStyle): string => {
	if (hosts.length === 0) {
		return '';
	}

	return `${hosts.map(host => formatHost(host, style)).join('\n')}\n${formatTotals(hosts)}\n`;
};

/** What a line is about, with the sign before it and its colour by SGR number. */
const KINDS = {
	appeared: {sign: '+', color: 32},
	went: {sign: '-', color: 31},
	changed: {sign: ' ', color: 33},
} as const;

type Kind = keyof typeof KINDS;

const formatHost = (host: HostDiff, style: DiffStyle): string => {
	const {address, name, change} = host;
	const who = name === undefined ? address : `${address} (${style.escape(name)})`;
	const lines = [
		change === undefined
			? `  ${who}`
			: line(change, `${who} ${change === 'appeared' ? 'appeared' : 'is gone'}`, style),
		...groupsOf(host.ports).map(group =>
			line(kindOf(group), `    ${style.escape(formatGroup(group))}`, style),
		),
	];
	return lines.map(text => `${text}\n`).join('');
};

const line = (kind: Kind, text: string, {colors}: DiffStyle): string => {
	const {sign, color} = KINDS[kind];
	return colors ? `\u001B[${color}m${sign} ${text}\u001B[0m` : `${sign} ${text}`;
};

/** Ports of a host with the same change, in ranges. */
interface Group extends Omit<PortDiff, 'port'> {
	readonly ports: number[];
}

const groupsOf = (ports: readonly PortDiff[]): Group[] => {
	const groups = new Map<string, Group>();
	for (const {port, ...change} of ports) {
		const key = `${change.protocol} ${change.before} ${change.after}`;
		const group = groups.get(key) ?? {...change, ports: []};
		group.ports.push(port);
		groups.set(key, group);
	}

	return [...groups.values()].flatMap(group =>
		isCommon(group) ? [group] : group.ports.map(port => ({...group, ports: [port]})),
	);
};

/** A few ports have a line each; ports that are hardly ever told of one by one share one. */
const isCommon = ({ports, before, after}: Group): boolean =>
	ports.length > MOST_LINES && before !== 'open' && after !== 'open';

const MOST_LINES = 10;

const kindOf = ({before, after}: Group): Kind => {
	if (before === undefined) {
		return 'appeared';
	}

	return after === undefined ? 'went' : 'changed';
};

const formatGroup = ({ports, protocol, before, after}: Group): string => {
	const where = `${rangesOf(ports)}/${protocol}`.padEnd(PORT_WIDTH);
	return before === undefined || after === undefined
		? `${where} ${before ?? after}`
		: `${where} ${before} -> ${after}`;
};

/** As wide as `65535/tcp`. */
const PORT_WIDTH = 9;

const rangesOf = (ports: readonly number[]): string => {
	const ranges: {first: number; last: number}[] = [];
	for (const port of ports) {
		const range = ranges.at(-1);
		if (range?.last === port - 1) {
			range.last = port;
		} else {
			ranges.push({first: port, last: port});
		}
	}

	return ranges.map(({first, last}) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
};

const formatTotals = (hosts: readonly HostDiff[]): string => {
	const appeared = hosts.filter(({change}) => change === 'appeared').length;
	const went = hosts.filter(({change}) => change === 'went').length;
	const ports = hosts.reduce((sum, host) => sum + host.ports.length, 0);
	const parts = [
		[appeared, `${counted(appeared, 'host')} appeared`],
		[went, `${counted(went, 'host')} gone`],
		[ports, `${counted(ports, 'port')} with another state`],
	] as const;
	return `# ${parts
		.filter(([count]) => count > 0)
		.map(([, text]) => text)
		.join(', ')}`;
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
