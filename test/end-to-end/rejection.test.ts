import {forge, listen, type ForgedAnswer} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {libraryScan} from './halfopen.ts';

interface Forgery {
	readonly what: string;
	readonly answer: ForgedAnswer;
	/** Where it is counted: one of the reasons to reject a packet, or as a reply that changes nothing. */
	readonly countedAs: string;
}

const STRANGER = '10.77.3.77';

/** None of these answers the probe that it came for. */
const FORGERIES: readonly Forgery[] = [
	{
		what: 'SYN/ACK with a wrong acknowledgement',
		answer: {kind: 'tcp', flags: 'SA', ack: 2},
		countedAs: 'wrongCookie',
	},
	{
		what: 'SYN/ACK that acknowledges the sequence number itself',
		answer: {kind: 'tcp', flags: 'SA', ack: 0},
		countedAs: 'wrongCookie',
	},
	{
		what: 'RST/ACK with a wrong acknowledgement',
		answer: {kind: 'tcp', flags: 'RA', ack: -1},
		countedAs: 'wrongCookie',
	},
	{
		what: 'SYN/ACK from an address not asked',
		answer: {kind: 'tcp', flags: 'SA', from: STRANGER},
		countedAs: 'wrongCookie',
	},
	{
		what: 'RST/ACK from an address not asked',
		answer: {kind: 'tcp', flags: 'RA', from: STRANGER},
		countedAs: 'wrongCookie',
	},
	{
		what: 'bare RST from an address not asked',
		answer: {kind: 'tcp', flags: 'R', from: STRANGER},
		countedAs: 'repliesRedundant',
	},
	{
		what: 'lone SYN from an address not asked',
		answer: {kind: 'tcp', flags: 'S', from: STRANGER},
		countedAs: 'repliesRedundant',
	},
	{what: 'bare ACK', answer: {kind: 'tcp', flags: 'A'}, countedAs: 'unsolicited'},
	{
		what: 'ICMP error with a wrong quoted sequence number',
		answer: {kind: 'icmp', type: 3, code: 13, seq: 1},
		countedAs: 'wrongQuote',
	},
	{
		what: 'ICMP error that quotes an address not asked',
		answer: {kind: 'icmp', type: 3, code: 13, asked: STRANGER},
		countedAs: 'wrongQuote',
	},
	{
		what: 'ICMP error that quotes 7 bytes',
		answer: {kind: 'icmp', type: 3, code: 13, quote: 7},
		countedAs: 'shortQuote',
	},
	{
		what: 'ICMP error that quotes no byte of TCP',
		answer: {kind: 'icmp', type: 3, code: 13, quote: 0},
		countedAs: 'shortQuote',
	},
	{
		what: 'ICMP error whose code says nothing about a port',
		answer: {kind: 'icmp', type: 3, code: 4},
		countedAs: 'repliesRedundant',
	},
];

/** These are just enough. */
const ANSWERS: readonly {what: string; answer: ForgedAnswer; finding: string}[] = [
	{
		what: 'ICMP error that quotes 8 bytes',
		answer: {kind: 'icmp', type: 3, code: 13, quote: 8},
		finding: 'filtered admin-prohibited',
	},
	{
		what: 'ICMP error that quotes the whole header',
		answer: {kind: 'icmp', type: 3, code: 13, quote: 24},
		finding: 'filtered admin-prohibited',
	},
	{
		what: 'ICMP error from a stranger with a right quote',
		answer: {kind: 'icmp', type: 3, code: 13, from: STRANGER},
		finding: 'filtered admin-prohibited',
	},
	{what: 'SYN/ACK', answer: {kind: 'tcp', flags: 'SA'}, finding: 'open syn-ack'},
];

const FIRST_FORGERY = 9000;
const FIRST_ANSWER = 9100;

const labTest = useLab(async lab => {
	await listen(lab.direct, [22]);
	await forge(
		lab.direct,
		'scanner',
		Object.fromEntries([
			...FORGERIES.map(({answer}, index) => [FIRST_FORGERY + index, [answer]]),
			...ANSWERS.map(({answer}, index) => [FIRST_ANSWER + index, [answer]]),
		]) as Record<number, ForgedAnswer[]>,
	);
});

/** Nothing is sent but probes of ports, and each is told of. */
const UNASKED = {discovery: {probes: [], neighbours: false}, maxRetries: 1, decisions: true} as const;

const NOTHING_REJECTED = {malformed: 0, unsolicited: 0, wrongCookie: 0, wrongQuote: 0, shortQuote: 0};

for (const [index, {what, countedAs}] of FORGERIES.entries()) {
	labTest(`changes no state and is counted: ${what}`, async (t, lab) => {
		const port = FIRST_FORGERY + index;
		const scan = await libraryScan(lab.scanner, {...UNASKED, targets: '10.77.3.2', ports: [22, port]});
		t.deepEqual(scan.findings, {22: 'open syn-ack', [port]: 'filtered no-response'});
		const {rejected, repliesRedundant} = scan.summary;
		const probes = scan.probesTo(port); // Each met by one forgery
		t.true(probes >= 2, `${probes}`); // More when the machine stood still
		t.deepEqual(
			{...rejected, repliesRedundant},
			{...NOTHING_REJECTED, repliesRedundant: 0, [countedAs]: probes},
		);
	});
}

for (const [index, {what, finding}] of ANSWERS.entries()) {
	labTest(`is an answer: ${what}`, async (t, lab) => {
		const port = FIRST_ANSWER + index;
		const scan = await libraryScan(lab.scanner, {...UNASKED, targets: '10.77.3.2', ports: [port]});
		t.deepEqual(scan.findings, {[port]: finding});
		t.deepEqual(scan.summary.rejected, NOTHING_REJECTED);
	});
}
