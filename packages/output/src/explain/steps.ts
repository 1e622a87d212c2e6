import {getSystemErrorName} from 'node:util';
import type {Decision, Reason, TracedPacket} from '@halfopen/model';
import {formatMilliseconds} from '../text/duration-text.ts';
import {counted} from '../text/counted.ts';
import type {ProbeSubject} from '../trace/probe-subject.ts';
import type {TcpSegment} from '../trace/tcp-segment.ts';
import type {PacketStep, Step} from './story.ts';

/** A packet that is about the port of the story. */
export interface SubjectPacket extends Pick<TracedPacket, 'at' | 'direction'> {
	readonly subject: ProbeSubject;
}

/** Packets as steps, in order of time. */
export const packetSteps = (packets: readonly SubjectPacket[]): PacketStep[] => {
	const inOrder = packets.toSorted((a, b) => a.at - b.at);
	const probes = inOrder.flatMap(({direction, subject}) =>
		direction === 'sent' && 'tcp' in subject
			? [{sequence: subject.tcp.sequence, dataBytes: subject.dataBytes}]
			: [],
	);
	return inOrder.map(packet =>
		packet.direction === 'sent' ? sentStep(packet, probes) : receivedStep(packet, probes),
	);
};

/** What an answer to a probe is known by. */
interface Probe {
	readonly sequence: number;
	readonly dataBytes: number;
}

const sentStep = ({at, direction, subject}: SubjectPacket, probes: readonly Probe[]): PacketStep => {
	const tcp = 'tcp' in subject ? subject.tcp : undefined;
	const index = probes.findIndex(({sequence}) => sequence === tcp?.sequence);
	const attempt = index + 1;
	const data = probes[index]?.dataBytes ?? 0;
	return {
		kind: 'packet',
		at,
		direction,
		attempt,
		label: label(subject),
		numbers: tcp === undefined ? '' : `${tcpNumbers(tcp)}${data === 0 ? '' : ` data=${data}`}`,
		note: `try ${attempt}, from port ${tcp?.sourcePort ?? '?'}`,
	};
};

const receivedStep = ({at, direction, subject}: SubjectPacket, probes: readonly Probe[]): PacketStep => {
	const attempt = probes.findIndex(probe => answers(subject, probe)) + 1;
	return {
		kind: 'packet',
		at,
		direction,
		...(attempt > 0 && {attempt}),
		label: label(subject),
		numbers: 'tcp' in subject ? tcpNumbers(subject.tcp) : '',
		...(subject.source !== subject.address && {from: subject.source}),
		note: proof(subject, attempt, probes[attempt - 1]),
	};
};

/** A decision, as something that happened; `undefined` for those that say nothing new. */
export const decisionStep = (decision: Decision, scanType: 'syn' | 'connect'): Step | undefined => {
	const {at, attempt} = decision;
	switch (decision.what) {
		case 'probe-sent': {
			const label = scanType === 'syn' ? 'SYN' : 'connect()';
			return {...deduced(decision, 'sent'), label, note: `try ${attempt + 1}`};
		}

		case 'reply-matched': {
			const {reason, rtt} = decision;
			const label = ANSWER[scanType][reason] ?? `ICMP: ${reason}`;
			const note = `answers try ${attempt + 1}${rtt === undefined ? '' : ` after ${formatMilliseconds(rtt)}`}`;
			return {...deduced(decision, 'received'), label, note};
		}

		case 'probe-failed': {
			const {errno} = decision;
			const why = errno > 0 ? getSystemErrorName(-errno) : `error ${errno}`;
			return {kind: 'note', at, text: `try ${attempt + 1} could not be sent: ${why}`};
		}

		case 'probe-timed-out': {
			return {
				kind: 'note',
				at,
				text: `no answer to try ${attempt + 1} within ${formatMilliseconds(decision.timeout)}`,
			};
		}

		case 'reply-ignored': {
			return {kind: 'note', at, text: `the answer is ignored: ${decision.because}`};
		}

		case 'tries-exhausted': {
			return {kind: 'note', at, text: `given up after ${counted(attempt + 1, 'try', 'tries')}`};
		}

		default: {
			return undefined;
		}
	}
};

/** What came back, in the words of the network. */
const ANSWER: Readonly<Record<'syn' | 'connect', Readonly<Partial<Record<Reason, string>>>>> = {
	syn: {'syn-ack': 'SYN/ACK', reset: 'RST', 'split-handshake-syn': 'SYN'},
	connect: {'syn-ack': 'accepted', 'conn-refused': 'refused', reset: 'refused'},
};

const FLAG_NAMES: Readonly<Record<string, string>> = {
	F: 'FIN',
	S: 'SYN',
	R: 'RST',
	P: 'PSH',
	A: 'ACK',
	U: 'URG',
	E: 'ECE',
	C: 'CWR',
};

const label = (subject: ProbeSubject): string =>
	'tcp' in subject
		? Array.from(subject.tcp.flags, letter => FLAG_NAMES[letter]).join('/') || 'no flags'
		: `ICMP: ${subject.icmp}`;

const tcpNumbers = ({sequence, acknowledgement, flags}: TcpSegment): string =>
	flags.includes('A') ? `seq=${sequence} ack=${acknowledgement}` : `seq=${sequence}`;

const answers = (subject: ProbeSubject, probe: Probe): boolean =>
	'icmp' in subject
		? subject.quotedSequence === probe.sequence
		: subject.tcp.acknowledgement === next(probe) || acknowledgesData(subject.tcp, probe);

/** The number that acknowledges a SYN without its data. */
const next = ({sequence}: Probe): number => (sequence + 1) >>> 0;

const acknowledgesData = ({acknowledgement}: TcpSegment, probe: Probe): boolean =>
	probe.dataBytes > 0 && acknowledgement === (next(probe) + probe.dataBytes) >>> 0;

/** How a packet proves that it answers one of ours: a forger does not know the number. */
const proof = (subject: ProbeSubject, attempt: number, probe: Probe | undefined): string => {
	if ('icmp' in subject) {
		return attempt === 0 ? 'quotes our probe' : `quotes the seq of try ${attempt}`;
	}

	if (!subject.tcp.flags.includes('A')) {
		return 'acknowledges nothing; an answer was waited for';
	}

	if (probe === undefined) {
		return '';
	}

	const data = acknowledgesData(subject.tcp, probe) ? ' and the data' : '';
	return `ack is the seq of try ${attempt}, plus 1${data}`;
};

const deduced = (
	{at, attempt}: Decision,
	direction: 'sent' | 'received',
): Pick<PacketStep, 'kind' | 'at' | 'direction' | 'attempt' | 'numbers' | 'isDeduced'> => ({
	kind: 'packet',
	at,
	direction,
	attempt: attempt + 1,
	numbers: '',
	isDeduced: true,
});
