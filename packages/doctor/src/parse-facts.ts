// Texts of the kernel and of ethtool(8), read.
import type {ProcessFacts, Rings} from './facts.ts';

/** /proc/self/status and /proc/self/limits. */
export const parseStatus = (
	status: string,
	limits: string,
): Pick<ProcessFacts, 'capabilities' | 'openFiles'> => {
	const capabilities = /^CapEff:\s*([\da-f]+)$/m.exec(status)?.[1];
	const openFiles = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
	return {
		...(capabilities !== undefined && {capabilities: BigInt(`0x${capabilities}`)}),
		...(openFiles !== undefined && {openFiles: Number(openFiles)}),
	};
};

/** `ethtool -g`: first what there may be, then what there is. */
export const parseRings = (text: string): Rings => {
	const [most = '', now = ''] = text.split('Current hardware settings');
	const rings = {
		receive: numberAfter(now, 'RX'),
		receiveMost: numberAfter(most, 'RX'),
		send: numberAfter(now, 'TX'),
		sendMost: numberAfter(most, 'TX'),
	};
	return Object.fromEntries(Object.entries(rings).filter(([, value]) => value !== undefined));
};

const numberAfter = (text: string, name: string): number | undefined => {
	const found = new RegExp(`^${name}:\\s+(\\d+)$`, 'm').exec(text)?.[1];
	return found === undefined ? undefined : Number(found);
};

/** A line of `ethtool -k`: `large-receive-offload: off [fixed]`. */
export const parseFeature = (text: string, name: string): boolean | undefined => {
	const state = new RegExp(`^${name}: (on|off)`, 'm').exec(text)?.[1];
	return state === undefined ? undefined : state === 'on';
};

/** cpu.max of a control group: `200000 100000` grants two processors; `max 100000` grants all. */
export const parseQuota = (text: string): number | undefined => {
	const [, quota, period] = /^(\d+) (\d+)$/.exec(text) ?? [];
	return quota === undefined ? undefined : Number(quota) / Number(period);
};

/**
 * `nft -j list ruleset`: whether rules for this version of IP need connections to be followed, all that leave included.
 * Not so when probes are exempt, as the cure has it; `undefined` where others are, or rules are of iptables and cannot be read.
 */
export const parseTracking = (ruleset: string, version: 4 | 6): boolean | undefined => {
	const families = ['inet', version === 4 ? 'ip' : 'ip6'];
	const rules = (JSON.parse(ruleset) as Ruleset).nftables
		.flatMap(({rule}) => rule ?? [])
		.filter(({family}) => families.includes(family));
	const isCured = rules.some(({table, expr}) => table === EXEMPT_TABLE && wordsOf(expr).includes('notrack'));
	if (isCured) {
		return false;
	}

	const words = rules.flatMap(({expr}) => wordsOf(expr));
	return words.some(word => UNCLEAR.has(word)) ? undefined : words.some(word => TRACKING.has(word));
};

/** Where the cure has the rule that exempts probes. */
export const EXEMPT_TABLE = 'halfopen';

interface Ruleset {
	readonly nftables: readonly {
		readonly rule?: {readonly family: string; readonly table: string; readonly expr: unknown};
	}[];
}

/** The names of all members. */
const wordsOf = (value: unknown): string[] =>
	typeof value === 'object' && value !== null
		? Object.entries(value).flatMap(([name, member]) => [name, ...wordsOf(member)])
		: [];

const UNCLEAR: ReadonlySet<string> = new Set(['notrack', 'xt']);
const TRACKING: ReadonlySet<string> = new Set([
	'ct',
	'ct helper',
	'ct timeout',
	'ct expectation',
	'ct count',
	'snat',
	'dnat',
	'masquerade',
	'redirect',
	'synproxy',
	'flow',
]);
