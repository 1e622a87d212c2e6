import {getSystemErrorName} from 'node:util';
import {
	formatAddress,
	isAboutHost,
	micros,
	type Address,
	type Decision,
	type Micros,
	type PortState,
	type Reason,
	type ScanEvent,
} from '@halfopen/model';
import {PROBE_NAMES} from './probe-names.ts';
import {formatByteSize} from '../text/byte-size.ts';
import {counted} from '../text/counted.ts';
import {formatMilliseconds, formatSeconds} from '../text/duration-text.ts';

/** The debug level (-d is 1) from which each kind of decision is told. */
export const DECISION_LEVEL: Readonly<Record<Decision['what'], 1 | 2>> = {
	'probe-sent': 2,
	'probe-failed': 1,
	'probe-timed-out': 1,
	'retransmission-queued': 1,
	'tries-exhausted': 1,
	'reply-matched': 2,
	'reply-ignored': 2,
	'state-set': 1,
	'host-asked': 2,
	'host-answered': 1,
	'host-silent': 1,
	'host-decided': 1,
};

/** What a state means, for readers who do not know yet. */
const MEANING: Readonly<Record<PortState, string>> = {
	unknown: 'its verdict is still due',
	open: 'something listens and accepts connections',
	closed: 'the host answers, nothing listens',
	filtered: 'something on the way keeps the probes from the port, or their answers from us',
};

/** What was seen, where the reason's name alone does not say it. */
const EVIDENCE: Readonly<Partial<Record<Reason, string>>> = {
	'no-response': 'nothing came back',
	'syn-ack': 'SYN/ACK came back',
	reset: 'RST came back',
	'split-handshake-syn': 'a SYN came back',
	'conn-refused': 'the connection was refused',
};

/**
 * One decision as a line without its end, with the time in the same form as the packet trace:
 * `DECIDE (0.1034s) 10.0.0.5:139 no answer to try 1 within 103 ms`.
 */
export const formatDecision = (decision: Decision, startedAt: Micros): string =>
	`DECIDE (${formatSeconds(micros(decision.at - startedAt), 4)}s) ${subject(decision)} ${describe(decision)}`;

/** The host, or the port of it, that a decision is about. */
const subject = (decision: Decision): string =>
	isAboutHost(decision) ? formatAddress(decision.address) : endpoint(decision.address, decision.port);

/** A change of a rate, in the same form. */
export const formatRateChange = (change: RateChangeEvent, startedAt: Micros): string => {
	const who = change.address === undefined ? 'all hosts' : formatAddress(change.address);
	const time = formatSeconds(micros(change.at - startedAt), 4);
	return `DECIDE (${time}s) ${who}: ${change.rate.toFixed(0)} probes a second from now on (${change.because})`;
};

/** The memory for outstanding probes, what it follows from, and its bound. */
export const formatWindowSize = (window: WindowEvent, startedAt: Micros): string => {
	const {at, positions, bytes, mostBytes, rate, timeout, tries} = window;
	const time = formatSeconds(micros(at - startedAt), 4);
	const cause = `${rate.toFixed(0)} probes a second, a timeout of ${formatMilliseconds(timeout)}, ${counted(tries, 'try', 'tries')} for silence`;
	return `DECIDE (${time}s) all hosts: room for ${positions} outstanding, ${formatByteSize(bytes)} (${cause}); never more than ${formatByteSize(mostBytes)}`;
};

type WindowEvent = Extract<ScanEvent, {type: 'window'}>;

type RateChangeEvent = Extract<ScanEvent, {type: 'rate'}>;

type DecisionOn<What extends Decision['what']> = Extract<Decision, {what: What}>;

/** What is said of each kind of decision. */
const TELLERS: {readonly [What in Decision['what']]: (decision: DecisionOn<What>) => string} = {
	'probe-sent': ({attempt}) => `asked, ${nth(attempt)}`,
	'probe-failed': ({attempt, errno}) => `${nth(attempt)} could not be sent: ${errorName(errno)}`,
	'probe-timed-out': ({attempt, timeout}) =>
		`no answer to ${nth(attempt)} within ${formatMilliseconds(timeout)}`,
	'retransmission-queued': ({attempt}) => `asking again: ${nth(attempt)}`,
	'tries-exhausted': ({attempt}) => `given up after ${counted(attempt + 1, 'try', 'tries')}`,
	'reply-matched': ({attempt, rtt, state, reason}) =>
		`${reason} answers ${nth(attempt)}${rtt === undefined ? '' : ` after ${formatMilliseconds(rtt)}`}, which says ${state}`,
	'reply-ignored': ({attempt, because}) => `answer to ${nth(attempt)} ignored: ${because}`,
	'state-set': ({state, reason, previous}) => {
		const before = previous === 'unknown' ? '' : `, no longer ${previous}`;
		return `is ${state}${before}: ${EVIDENCE[reason] ?? `${reason} came back`} (${MEANING[state]})`;
	},
	'host-asked': ({probe, port, attempt}) =>
		`asked whether it is up by ${PROBE_NAMES[probe]}${port === 0 ? '' : ` to ${port}`}, ${nth(attempt)}`,
	'host-answered': ({attempt, rtt, reason, says}) =>
		`${reason} answers ${nth(attempt)}${rtt === undefined ? '' : ` after ${formatMilliseconds(rtt)}`}, which says ${says}`,
	'host-silent': ({attempt, waited}) =>
		`no sign of the host after ${nth(attempt)} within ${formatMilliseconds(waited)}: asking again`,
	'host-decided': ({status, reason, tries}) =>
		status === 'up' ? `is up: ${reason}` : `is down: ${reason} after ${counted(tries, 'try', 'tries')}`,
};

const describe = (decision: Decision): string =>
	(TELLERS[decision.what] as (decision: Decision) => string)(decision);

const nth = (attempt: number): string => `try ${attempt + 1}`;

const endpoint = (address: Address, port: number): string =>
	address.family === 6 ? `[${formatAddress(address)}]:${port}` : `${formatAddress(address)}:${port}`;

const errorName = (errno: number): string =>
	Number.isInteger(errno) && errno > 0 ? getSystemErrorName(-errno) : `error ${errno}`;
