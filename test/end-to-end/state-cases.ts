// Ports of every kind and what is to be said of them: for the tests, and for the table beside Nmap's in bench/.
import {
	REJECTIONS,
	firewall,
	forge,
	listen,
	type ForgedAnswer,
	type Lab,
	type PortFinding,
	type Rejection,
	type nmapScan,
} from '../lab/index.ts';

export interface Row {
	readonly what: string;
	readonly expected: PortFinding;
	/** What Nmap 7.93 says, where that is another thing on purpose. */
	readonly nmap?: {readonly says: PortFinding; readonly because: string};
}

export type ForgedRow = Row & {readonly answer: ForgedAnswer};

export const open = (ttl = 64): PortFinding => ({state: 'open', reason: 'syn-ack', ttl});
export const closed = (ttl = 64): PortFinding => ({state: 'closed', reason: 'reset', ttl});
export const filtered = (reason: string, ttl = 64): PortFinding => ({state: 'filtered', reason, ttl});
export const SILENT: PortFinding = {state: 'filtered', reason: 'no-response', ttl: 0};

export const NO_COOKIE_CHECK =
	'Nmap looks at the acknowledgement number only with -g; we take no answer that proves no probe';

/** Ports of the target's own kernel. */
export const KERNEL_ROWS: Readonly<Record<number, Row>> = {
	22: {what: 'a listening port', expected: open()},
	80: {what: 'another one', expected: open()},
	23: {what: 'a port without a listener', expected: closed()},
	25: {what: 'a port whose SYNs are dropped', expected: SILENT},
	101: {what: 'a rejected port', expected: closed()},
	102: {what: 'a rejected port', expected: filtered('net-unreach')},
	103: {what: 'a rejected port', expected: filtered('host-unreach')},
	104: {what: 'a rejected port', expected: filtered('proto-unreach')},
	105: {what: 'a rejected port', expected: filtered('port-unreach')},
	106: {what: 'a rejected port', expected: filtered('net-prohibited')},
	107: {what: 'a rejected port', expected: filtered('host-prohibited')},
	108: {what: 'a rejected port', expected: filtered('admin-prohibited')},
};

export const FIRST_REJECTED = 101;

/** The states by ICMPv4 type and code. */
const ICMP_STATES: readonly [type: number, code: number, expected: PortFinding][] = [
	[3, 0, filtered('net-unreach')],
	[3, 1, filtered('host-unreach')],
	[3, 2, filtered('proto-unreach')],
	[3, 3, filtered('port-unreach')],
	[3, 4, SILENT],
	[3, 5, SILENT],
	[3, 6, SILENT],
	[3, 7, SILENT],
	[3, 8, SILENT],
	[3, 9, filtered('net-prohibited')],
	[3, 10, filtered('host-prohibited')],
	[3, 11, SILENT],
	[3, 12, SILENT],
	[3, 13, filtered('admin-prohibited')],
	[3, 14, SILENT],
	[3, 15, SILENT],
	[3, 200, SILENT],
	[11, 0, filtered('time-exceeded')],
	[11, 1, filtered('time-exceeded')],
	[4, 0, SILENT],
	[5, 1, SILENT],
	[12, 0, SILENT],
	[0, 0, SILENT],
];

const ICMP_ROWS: Readonly<Record<number, ForgedRow>> = Object.fromEntries(
	ICMP_STATES.map(([type, code, expected], index) => [
		9000 + index,
		{what: `ICMP ${type}/${code}`, answer: {kind: 'icmp', type, code}, expected},
	]),
);

const TCP_ROWS: Readonly<Record<number, ForgedRow>> = {
	9100: {
		what: 'a lone SYN',
		answer: {kind: 'tcp', flags: 'S'},
		expected: {state: 'open', reason: 'split-handshake-syn', ttl: 64},
	},
	9101: {what: 'a bare ACK', answer: {kind: 'tcp', flags: 'A'}, expected: SILENT},
	9102: {what: 'FIN/ACK', answer: {kind: 'tcp', flags: 'FA'}, expected: SILENT},
	9103: {
		what: 'SYN/ACK with a wrong acknowledgement',
		answer: {kind: 'tcp', flags: 'SA', ack: 1000},
		expected: SILENT,
		nmap: {says: open(), because: NO_COOKIE_CHECK},
	},
	9104: {what: 'a bare RST', answer: {kind: 'tcp', flags: 'R'}, expected: closed()},
	9105: {what: 'RST/ACK', answer: {kind: 'tcp', flags: 'RA'}, expected: closed()},
	9106: {what: 'SYN/ACK with RST', answer: {kind: 'tcp', flags: 'SAR'}, expected: open()},
	9107: {what: 'SYN/ACK with ECE and CWR', answer: {kind: 'tcp', flags: 'SAEC'}, expected: open()},
	9108: {
		what: 'RST/ACK with a wrong acknowledgement',
		answer: {kind: 'tcp', flags: 'RA', ack: 1000},
		expected: SILENT,
		nmap: {says: closed(), because: NO_COOKIE_CHECK},
	},
	9109: {what: 'SYN with RST', answer: {kind: 'tcp', flags: 'SR'}, expected: closed()},
	9110: {what: 'PSH/ACK', answer: {kind: 'tcp', flags: 'PA'}, expected: SILENT},
	9111: {what: 'SYN/ACK three times', answer: {kind: 'tcp', flags: 'SA', copies: 3}, expected: open()},
	9112: {what: 'SYN/ACK to the second try', answer: {kind: 'tcp', flags: 'SA', skip: 1}, expected: open()},
	9113: {what: 'SYN/ACK with another TTL', answer: {kind: 'tcp', flags: 'SA', ttl: 200}, expected: open(200)},
	9114: {what: 'no flags at all', answer: {kind: 'tcp', flags: ''}, expected: SILENT},
};

const fromRouter = (reason: string): PortFinding => ({...filtered(reason), sender: '10.77.1.254'});

/** Ports of the host behind the router. */
const ROUTED_ROWS: Readonly<Record<number, Row>> = {
	22: {what: 'a listening port', expected: open(63)},
	23: {what: 'a port without a listener', expected: closed(63)},
	25: {what: 'a port whose SYNs the router drops', expected: SILENT},
	26: {what: 'a port that the host itself rejects', expected: filtered('port-unreach', 63)},
	101: {what: 'a port that the router resets', expected: closed()},
	102: {what: 'a port that the router rejects', expected: fromRouter('net-unreach')},
	103: {what: 'a port that the router rejects', expected: fromRouter('host-unreach')},
	104: {what: 'a port that the router rejects', expected: fromRouter('proto-unreach')},
	105: {what: 'a port that the router rejects', expected: fromRouter('port-unreach')},
	106: {what: 'a port that the router rejects', expected: fromRouter('net-prohibited')},
	107: {what: 'a port that the router rejects', expected: fromRouter('host-prohibited')},
	108: {what: 'a port that the router rejects', expected: fromRouter('admin-prohibited')},
	9013: {what: 'a port for which the router forges ICMP 3/13', expected: fromRouter('admin-prohibited')},
	9020: {what: 'a port for which the router forges ICMP 11/0', expected: fromRouter('time-exceeded')},
};

const rejectEach = (address: string) =>
	(Object.keys(REJECTIONS) as Rejection[]).map((reject, index) => ({
		address,
		ports: `${FIRST_REJECTED + index}`,
		verdict: {reject},
	}));

export const answersOf = (rows: Readonly<Record<number, ForgedRow>>): Record<number, ForgedAnswer[]> =>
	Object.fromEntries(Object.entries(rows).map(([port, {answer}]) => [port, [answer]]));

/** Makes the lab answer as the tables say. */
export const prepareStates = async (lab: Lab): Promise<void> => {
	await listen(lab.direct, [22, 80]);
	await listen(lab.far, [22]);
	firewall(lab.direct, [{ports: '25', verdict: 'drop'}, ...rejectEach('10.77.3.2')]);
	firewall(lab.router, [{ports: '25', verdict: 'drop'}, ...rejectEach('10.77.2.2')]);
	firewall(lab.far, [{ports: '26', verdict: {reject: 'port-unreach'}}]);
	await forge(lab.direct, 'scanner', {...answersOf(ICMP_ROWS), ...answersOf(TCP_ROWS)});
	await forge(lab.router, 'scanner', {
		9013: [{kind: 'icmp', type: 3, code: 13, from: '10.77.1.254'}],
		9020: [{kind: 'icmp', type: 11, code: 0, from: '10.77.1.254'}],
	});
};

/** Scans the ports of a table with one scanner and gives what it said in the order of the table. */
export const scanWith = async (
	scanner: typeof nmapScan,
	lab: Lab,
	target: string,
	rows: Readonly<Record<number, Row>>,
): Promise<Record<string, PortFinding | undefined>> => {
	const ports = Object.keys(rows);
	const findings = await scanner(lab.scanner, [
		...(target.includes(':') ? ['-6'] : []),
		'-Pn',
		'-r',
		'--max-retries',
		'1',
		'-p',
		ports.join(','),
		target,
	]);
	return Object.fromEntries(
		ports.map(port => [`${port} ${rows[Number(port)].what}`, findings.get(`${target}:${port}`)]),
	);
};

/** Each table with its title and its target. */
export const STATE_TABLES: readonly [string, string, Readonly<Record<number, Row>>][] = [
	['open, closed, silent and rejected ports', '10.77.3.2', KERNEL_ROWS],
	['every ICMP error', '10.77.3.2', ICMP_ROWS],
	['every kind of TCP answer', '10.77.3.2', TCP_ROWS],
	['ports behind a router', '10.77.2.2', ROUTED_ROWS],
];
