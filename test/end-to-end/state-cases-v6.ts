// Ports of every kind over IPv6 and what is to be said of them; see state-cases.ts.
import {
	REJECTIONS_V6,
	firewall,
	forge,
	listen,
	loadTable,
	type FirewallRule,
	type Lab,
	type RejectionV6,
} from '../lab/index.ts';
import type {PortFinding} from '../lab/index.ts';
import {
	NO_COOKIE_CHECK,
	SILENT,
	answersOf,
	closed,
	filtered,
	open,
	type ForgedRow,
	type Row,
} from './state-cases.ts';

type Rows = Readonly<Record<number, Row>>;
type ForgedRows = Readonly<Record<number, ForgedRow>>;

const DIRECT = 'fd77:3::2';
const FAR = 'fd77:2::2';
const ROUTER = 'fd77:1::fe';

/** What is said of a port that is rejected. */
export const REJECTED: Readonly<Record<RejectionV6, PortFinding>> = {
	'tcp-reset': closed(),
	'no-route': filtered('no-route'),
	'admin-prohibited': filtered('admin-prohibited'),
	'address-unreach': filtered('host-unreach'),
	'port-unreach': filtered('port-unreach'),
	'policy-fail': filtered('admin-prohibited'),
	'reject-route': filtered('reject-route'),
};

const REJECTIONS = Object.keys(REJECTIONS_V6) as RejectionV6[];

const FIRST_REJECTED = 101;

const rejectedRows = (findingOf: (rejection: RejectionV6) => PortFinding): Rows =>
	Object.fromEntries(
		REJECTIONS.map((rejection, index) => [
			FIRST_REJECTED + index,
			{what: `a port rejected by ${rejection}`, expected: findingOf(rejection)},
		]),
	);

const KERNEL_ROWS: Rows = {
	22: {what: 'a listening port', expected: open()},
	80: {what: 'another one', expected: open()},
	23: {what: 'a port without a listener', expected: closed()},
	25: {what: 'a port whose SYNs are dropped', expected: SILENT},
	...rejectedRows(rejection => REJECTED[rejection]),
};

const ROUTED_ROWS: Rows = {
	22: {what: 'a listening port', expected: open(63)},
	23: {what: 'a port without a listener', expected: closed(63)},
	25: {what: 'a port whose SYNs the router drops', expected: SILENT},
	26: {what: 'a port that the host itself rejects', expected: filtered('port-unreach', 63)},
	...rejectedRows(rejection =>
		rejection === 'tcp-reset' ? closed() : {...REJECTED[rejection], sender: ROUTER},
	),
	9001: {
		what: 'a port for which the router forges ICMPv6 1/2',
		expected: {...filtered('beyond-scope'), sender: ROUTER},
	},
	9002: {what: 'a port for which the router forges ICMPv6 3/0', expected: SILENT},
};

/** The states by ICMPv6 type and code. */
const ICMP_STATES: readonly [type: number, code: number, expected: PortFinding][] = [
	[1, 0, filtered('no-route')],
	[1, 1, filtered('admin-prohibited')],
	[1, 2, filtered('beyond-scope')],
	[1, 3, filtered('host-unreach')],
	[1, 4, filtered('port-unreach')],
	[1, 5, filtered('admin-prohibited')],
	[1, 6, filtered('reject-route')],
	[1, 7, SILENT],
	[1, 200, SILENT],
	[2, 0, SILENT],
	[3, 0, SILENT],
	[3, 1, SILENT],
	[4, 0, {state: 'open', reason: 'param-problem', ttl: 64}],
	[4, 1, filtered('param-problem')],
	[4, 2, SILENT],
	[127, 0, SILENT],
	[129, 0, SILENT],
];

const ICMP_ROWS: ForgedRows = Object.fromEntries(
	ICMP_STATES.map(([type, code, expected], index) => [
		9000 + index,
		{what: `ICMPv6 ${type}/${code}`, answer: {kind: 'icmp', type, code}, expected},
	]),
);

const NOT_CAPTURED = {
	says: SILENT,
	because: 'the capture filter of Nmap finds no TCP or ICMPv6 behind extension headers',
};
const MIDDLE_OF_A_PACKET = 'what a later fragment begins with is no header; Nmap reads it as one';

const TCP_ROWS: ForgedRows = {
	9100: {
		what: 'a lone SYN',
		answer: {kind: 'tcp', flags: 'S'},
		expected: {state: 'open', reason: 'split-handshake-syn', ttl: 64},
	},
	9101: {what: 'a bare ACK', answer: {kind: 'tcp', flags: 'A'}, expected: SILENT},
	9102: {
		what: 'SYN/ACK with a wrong acknowledgement',
		answer: {kind: 'tcp', flags: 'SA', ack: 1000},
		expected: SILENT,
		nmap: {says: open(), because: NO_COOKIE_CHECK},
	},
	9103: {what: 'a bare RST', answer: {kind: 'tcp', flags: 'R'}, expected: closed()},
	9104: {what: 'SYN/ACK with another hop limit', answer: {kind: 'tcp', ttl: 200}, expected: open(200)},
	9105: {
		what: 'an error whose quote has another sequence number',
		answer: {kind: 'icmp', type: 1, code: 1, seq: 1000},
		expected: SILENT,
	},
	9106: {
		what: 'an error that quotes another target',
		answer: {kind: 'icmp', type: 1, code: 1, asked: 'fd77:3::99'},
		expected: SILENT,
	},
	9107: {
		what: 'an error that quotes 4 bytes of TCP',
		answer: {kind: 'icmp', type: 1, code: 1, quote: 4},
		expected: SILENT,
	},
};

/** Extension headers before TCP or ICMPv6, and in the quotes of errors. */
const EXTENSION_ROWS: ForgedRows = {
	9200: {
		what: 'hop-by-hop options',
		answer: {kind: 'tcp', extensions: ['hop']},
		expected: open(),
		nmap: NOT_CAPTURED,
	},
	9201: {
		what: 'destination options',
		answer: {kind: 'tcp', extensions: ['options']},
		expected: open(),
		nmap: NOT_CAPTURED,
	},
	9202: {
		what: 'a routing header',
		answer: {kind: 'tcp', extensions: ['routing']},
		expected: open(),
		nmap: NOT_CAPTURED,
	},
	9203: {what: 'a first fragment', answer: {kind: 'tcp', extensions: ['fragment']}, expected: open()},
	9204: {
		what: 'all of them, before RST/ACK',
		answer: {kind: 'tcp', flags: 'RA', extensions: ['hop', 'options', 'routing', 'fragment', 'options']},
		expected: closed(),
		nmap: NOT_CAPTURED,
	},
	9205: {
		what: 'a later fragment',
		answer: {kind: 'tcp', extensions: ['later']},
		expected: SILENT,
		nmap: {says: open(), because: MIDDLE_OF_A_PACKET},
	},
	9206: {
		what: 'hop-by-hop options before an error',
		answer: {kind: 'icmp', type: 1, code: 3, extensions: ['hop']},
		expected: filtered('host-unreach'),
		nmap: NOT_CAPTURED,
	},
	9207: {
		what: 'extension headers in the quote',
		answer: {kind: 'icmp', type: 1, code: 3, quoted: ['hop', 'routing', 'options']},
		expected: filtered('host-unreach'),
	},
	9208: {
		what: 'a first fragment in the quote',
		answer: {kind: 'icmp', type: 1, code: 3, quoted: ['fragment']},
		expected: filtered('host-unreach'),
	},
	9209: {
		what: 'a later fragment in the quote',
		answer: {kind: 'icmp', type: 1, code: 3, quoted: ['later']},
		expected: SILENT,
		nmap: {says: filtered('host-unreach'), because: MIDDLE_OF_A_PACKET},
	},
	9210: {
		what: 'the wrong sequence number behind extension headers in the quote',
		answer: {kind: 'icmp', type: 1, code: 3, quoted: ['options'], seq: 1},
		expected: SILENT,
	},
};

const rejectEach = (address: string): FirewallRule[] =>
	REJECTIONS.map((rejectV6, index) => ({
		address,
		ports: `${FIRST_REJECTED + index}`,
		verdict: {rejectV6},
	}));

/** Makes the lab answer as the tables say. */
export const prepareStatesV6 = async (lab: Lab): Promise<void> => {
	await listen(lab.direct, [22, 80]);
	await listen(lab.far, [22]);
	firewall(lab.direct, [{ports: '25', verdict: 'drop'}, ...rejectEach(DIRECT)]);
	firewall(lab.router, [{ports: '25', verdict: 'drop'}, ...rejectEach(FAR)]);
	firewall(lab.far, [{ports: '26', verdict: {rejectV6: 'port-unreach'}}]);
	await forge(lab.direct, 'scanner', {
		...answersOf(ICMP_ROWS),
		...answersOf(TCP_ROWS),
		...answersOf(EXTENSION_ROWS),
	});
	await forge(lab.router, 'scanner', {
		9001: [{kind: 'icmp', type: 1, code: 2, from: ROUTER}],
		9002: [{kind: 'icmp', type: 3, code: 0, from: ROUTER}],
	});
};

/** Each table with its title and its target. */
export const STATE_TABLES_V6: readonly [string, string, Rows][] = [
	['open, closed, silent and rejected ports over IPv6', DIRECT, KERNEL_ROWS],
	['every ICMPv6 error', DIRECT, ICMP_ROWS],
	['TCP answers and quotes over IPv6', DIRECT, TCP_ROWS],
	['IPv6 extension headers', DIRECT, EXTENSION_ROWS],
	['ports behind an IPv6 router', FAR, ROUTED_ROWS],
];

const HUNDRED = 100;

/** Of 1000 ports: a hundred for each way to reject, and a hundred that are silent. */
const THOUSAND_RULES: readonly Omit<FirewallRule, 'address'>[] = [
	...REJECTIONS.map((rejectV6): FirewallRule['verdict'] => ({rejectV6})),
	'drop' as const,
].map((verdict, index) => ({
	ports: `${HUNDRED * (index + 1) + 1}-${HUNDRED * (index + 2)}`,
	verdict,
}));

/** Makes 1000 ports of a host on the link and of one behind the router answer in every way. */
export const prepareThousand = (lab: Lab): void => {
	for (const [namespace, address] of [
		[lab.direct, DIRECT_THOUSAND],
		[lab.router, FAR_THOUSAND],
	] as const) {
		loadTable(
			namespace,
			'thousand',
			THOUSAND_RULES.map(rule => ({...rule, address})),
		);
	}
};

/** State and reason of each of them, when these ports listen. */
export const thousandVerdicts = (listening: readonly number[]): Record<number, string> => {
	const rejections: readonly (RejectionV6 | undefined)[] = [
		'tcp-reset', // A port without a listener
		...REJECTIONS,
		undefined,
		'tcp-reset',
	];
	return Object.fromEntries(
		Array.from({length: 10 * HUNDRED}, (_, index) => {
			const rejection = rejections[Math.floor(index / HUNDRED)];
			const {state, reason} = rejection === undefined ? SILENT : REJECTED[rejection];
			return [index + 1, listening.includes(index + 1) ? 'open syn-ack' : `${state} ${reason}`];
		}),
	);
};

export const DIRECT_THOUSAND = 'fd77:3::3';
export const FAR_THOUSAND = 'fd77:2::3';
