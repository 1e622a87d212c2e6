import {forge, listen, nmapScan, type ForgedAnswer} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {libraryScan} from './halfopen.ts';

const synAck = (delay = 0): ForgedAnswer => ({kind: 'tcp', flags: 'SA', delay});
const reset = (delay = 0): ForgedAnswer => ({kind: 'tcp', flags: 'RA', delay});
const prohibited = (delay = 0): ForgedAnswer => ({kind: 'icmp', type: 3, code: 13, delay});
const unreachable = (delay = 0): ForgedAnswer => ({kind: 'icmp', type: 3, code: 1, delay});

const SECOND = 10; // Milliseconds after the first.

interface Row {
	readonly what: string;
	readonly answers: readonly ForgedAnswer[];
	/** The states that are said of the port, in order. */
	readonly states: readonly string[];
}

/** Two answers to one probe: what is said first and what becomes of it. */
const SECOND_ANSWERS: Readonly<Record<number, Row>> = {
	9000: {
		what: 'SYN/ACK, then RST',
		answers: [synAck(), reset(SECOND)],
		states: ['open syn-ack'],
	},
	9001: {
		what: 'SYN/ACK, then ICMP',
		answers: [synAck(), prohibited(SECOND)],
		states: ['open syn-ack'],
	},
	9002: {
		what: 'RST, then SYN/ACK',
		answers: [reset(), synAck(SECOND)],
		states: ['closed reset', 'open syn-ack'],
	},
	9003: {
		what: 'RST, then ICMP',
		answers: [reset(), prohibited(SECOND)],
		states: ['closed reset'],
	},
	9004: {
		what: 'ICMP, then SYN/ACK',
		answers: [prohibited(), synAck(SECOND)],
		states: ['filtered admin-prohibited', 'open syn-ack'],
	},
	9005: {
		what: 'ICMP, then RST',
		answers: [prohibited(), reset(SECOND)],
		states: ['filtered admin-prohibited', 'closed reset'],
	},
	9006: {
		what: 'ICMP, then another ICMP',
		answers: [prohibited(), unreachable(SECOND)],
		states: ['filtered admin-prohibited'],
	},
	9007: {
		what: 'ICMP, RST and SYN/ACK',
		answers: [prohibited(), reset(SECOND), synAck(2 * SECOND)],
		states: ['filtered admin-prohibited', 'closed reset', 'open syn-ack'],
	},
};

const LATE = 1500; // Milliseconds: when the only try has timed out, before the end of the scan below.

/** Answers that come long after they were waited for. */
const LATE_ANSWERS: Readonly<Record<number, {what: string; answer: ForgedAnswer; finding: string}>> = {
	9100: {what: 'SYN/ACK', answer: synAck(LATE), finding: 'open syn-ack'},
	9101: {what: 'RST', answer: reset(LATE), finding: 'closed reset'},
	9102: {what: 'ICMP', answer: prohibited(LATE), finding: 'filtered admin-prohibited'},
};

const SILENT_PORT = 9999;

const labTest = useLab(async lab => {
	await listen(lab.direct, [22]);
	const second = Object.entries(SECOND_ANSWERS).map(([port, {answers}]) => [port, answers]);
	const late = Object.entries(LATE_ANSWERS).map(([port, {answer}]) => [port, [answer]]);
	await forge(lab.direct, 'scanner', {
		...(Object.fromEntries([...second, ...late]) as Record<number, readonly ForgedAnswer[]>),
		[SILENT_PORT]: [{kind: 'icmp', type: 4, code: 0}],
	});
});

labTest('a second answer improves on the first, and never the other way round', async (t, lab) => {
	const ports = [...Object.keys(SECOND_ANSWERS).map(Number), SILENT_PORT]; // Which keeps the scan waiting.
	const scan = await libraryScan(lab.scanner, {targets: '10.77.3.2', ports, maxRetries: 1});
	t.deepEqual(
		Object.fromEntries(
			Object.entries(SECOND_ANSWERS).map(([port, {what}]) => [what, scan.statesOf(Number(port))]),
		),
		Object.fromEntries(Object.values(SECOND_ANSWERS).map(({what, states}) => [what, states])),
	);
});

labTest('Nmap, which forgets a probe at its first answer, stays with the first state', async (t, lab) => {
	const ports = [...Object.keys(SECOND_ANSWERS), SILENT_PORT];
	const findings = await nmapScan(lab.scanner, [
		'-Pn',
		'--max-retries',
		'1',
		'-p',
		ports.join(','),
		'10.77.3.2',
	]);
	t.deepEqual(
		Object.keys(SECOND_ANSWERS).map(port => findings.get(`10.77.3.2:${port}`)?.state),
		Object.values(SECOND_ANSWERS).map(({states}) => states[0].split(' ')[0]),
	);
});

labTest(
	'an answer that comes long after its probe timed out counts while the host is scanned',
	async (t, lab) => {
		const closedPorts = Array.from({length: 11}, (_, index) => 9900 + index);
		const scan = await libraryScan(lab.scanner, {
			targets: '10.77.3.2',
			ports: [...Object.keys(LATE_ANSWERS).map(Number), ...closedPorts],
			maxRetries: 0,
			sequential: true,
			scanDelay: 300_000, // 14 ports: the host takes 4 seconds.
		});
		t.deepEqual(
			Object.entries(LATE_ANSWERS).map(([port, {what}]) => `${what}: ${scan.findings[Number(port)]}`),
			Object.values(LATE_ANSWERS).map(({what, finding}) => `${what}: ${finding}`),
		);
	},
);
