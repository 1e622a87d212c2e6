import {hostEvidence, type HostEvidence} from '@halfopen/classify';
import {type Micros, micros, REPLY_KIND, type Reply, UNKNOWN_ATTEMPT} from '@halfopen/model';
import {DISCOVERY_TRIES} from '@halfopen/timing';
import type {ScanState} from '../by-host/scan-state.ts';
import {isTelling} from '../reply-kinds.ts';
import {answeredProbe} from './answered-probe.ts';
import {askAgain} from './ask-again.ts';
import {setDown, setUp} from './decide-target.ts';
import type {Sign} from './discovery-state.ts';
import {TARGET_STATUS} from './target-window.ts';
import {tellOfTarget} from './tell-of-target.ts';

/** Takes a reply if it answers a probe that looks for hosts; false when it is about a port. */
export const takeEvidence = (scan: ScanState, reply: Reply, now: Micros): boolean => {
	if (!isAboutHost(scan, reply)) {
		return false;
	}

	const {attempt} = reply;
	const firstCanary = scan.firstDiscovery + DISCOVERY_TRIES;
	if (attempt >= firstCanary && attempt !== UNKNOWN_ATTEMPT) {
		onCanaryAnswer(scan, reply, attempt - firstCanary);
		return true;
	}

	const position = scan.discovery.window.find(reply.target);
	if (position === -1 || scan.discovery.window.status(position) === TARGET_STATUS.decided) {
		onFurtherReply(scan, reply);
	} else {
		onReply(scan, position, reply, now);
	}

	return true;
};

/** A reply that does not say which try it answers is about a port as soon as the host is scanned; but for neighbours. */
const isAboutHost = (scan: ScanState, reply: Reply): boolean =>
	reply.attempt >= scan.firstDiscovery &&
	(reply.attempt !== UNKNOWN_ATTEMPT ||
		reply.kind === REPLY_KIND.neighbour ||
		scan.hosts.find(reply.target) === undefined);

/**
 * Each probe of each try may have its answer, and the first decides: the others are what was asked for. Only what proves
 * nothing is redundant where no answer is waited for.
 */
const onFurtherReply = (scan: ScanState, reply: Reply): void => {
	if (provesNothing(reply) && !scan.discovery.sequels.onAnswer(reply.target, reply.receivedAt)) {
		scan.repliesRedundant++;
	}
};

/** Whether anybody could have sent it, who does not know what was asked. */
const provesNothing = ({attempt, kind}: Reply): boolean =>
	attempt === UNKNOWN_ATTEMPT || kind === REPLY_KIND.udp;

/** What a reply is about: a probe of a try, and when that left, if it is known. */
interface Answered {
	readonly probe: number;
	readonly attempt: number;
	/** It does not say which try it answers, and is taken to be a late one. */
	readonly isLate: boolean;
	readonly sentAt: Micros | undefined;
}

const onReply = (scan: ScanState, position: number, reply: Reply, now: Micros): void => {
	const {window, plan} = scan.discovery;
	const probe = answeredProbe(scan.discovery.probesOf(window.way(position)), reply);
	const {attempt, isLate} = triedBy(scan, position, probe, reply, now);
	const evidence = probe === -1 ? undefined : hostEvidence(reply, plan);
	const occasion = {port: reply.port, attempt, at: reply.receivedAt};
	if (evidence === undefined) {
		scan.repliesRedundant++;
		tellOfTarget(scan, position, occasion, {
			what: 'reply-ignored',
			because: 'it does not say whether the host is up',
		});
		return;
	}

	const sentAt = window.sentAt(position, attempt, probe, now);
	const rtt = sentAt === undefined ? undefined : micros(Math.max(0, reply.receivedAt - sentAt));
	if (evidence.says !== 'up' || !awaitsSendTime(scan, position, {attempt, probe}, now)) {
		tellOfTarget(scan, position, occasion, {what: 'host-answered', rtt, ...evidence});
	}

	MEANINGS[evidence.says](scan, position, reply, evidence, {probe, attempt, isLate, sentAt}, now);
};

/** Whether the send time of a probe that was answered is going to be known. */
const awaitsSendTime = (
	{discovery: {window}}: ScanState,
	position: number,
	{attempt, probe}: {readonly attempt: number; readonly probe: number},
	now: Micros,
): boolean =>
	attempt === window.attempt(position) &&
	probe < window.nextProbe(position) &&
	window.sentAt(position, attempt, probe, now) === undefined;

/** The try that a reply answers. */
const triedBy = (
	scan: ScanState,
	position: number,
	probe: number,
	reply: Reply,
	now: Micros,
): Pick<Answered, 'attempt' | 'isLate'> => {
	const {window} = scan.discovery;
	const {patience} = scan.discovery.timing;
	const latest = window.attempt(position);
	if (reply.attempt !== UNKNOWN_ATTEMPT) {
		return {attempt: Math.min(reply.attempt - scan.firstDiscovery, latest), isLate: false};
	}

	const earlierAt = latest === 0 ? undefined : window.sentAt(position, latest - 1, probe, now);
	if (earlierAt === undefined) {
		return {attempt: latest, isLate: false};
	}

	const way = window.way(position);
	const latestAt = window.sentAt(position, latest, probe, now);
	const isLate =
		latestAt === undefined ||
		!patience.isOfLatest(way, micros(reply.receivedAt - latestAt), micros(reply.receivedAt - earlierAt));
	return {attempt: isLate ? latest - 1 : latest, isLate};
};

type Meaning = (
	scan: ScanState,
	position: number,
	reply: Reply,
	evidence: HostEvidence,
	answered: Answered,
	now: Micros,
) => void;

const onUp: Meaning = (scan, position, reply, {reason}, {probe, attempt, isLate, sentAt}, now) => {
	const {receivedAt, kind, mac} = reply;
	const answer = {probe, attempt, receivedAt, isLate, isTelling: isTelling(reply, scan.options.timing)};
	const ttl = kind === REPLY_KIND.neighbour ? 0 : reply.ttl; // Of a neighbour it is always the same, and tells nothing
	const sign = {reason, ttl, ...(mac !== undefined && {mac}), answer};
	if (sentAt === undefined) {
		setUp(scan, position, sign, now);
	} else {
		learn(scan, position, answer, sentAt);
		setUp(scan, position, withRoundTrip(scan, sign, sentAt), now);
	}
};

const onDown: Meaning = (scan, position, {ttl}, {reason}, _answered, now) => {
	setDown(scan, position, {reason, ttl}, now);
};

/**
 * A router may be wrong, or speak of one moment: the host is asked once more at once. What a router says of two tries, or
 * what no answer contradicts for a while, is believed.
 */
const onUnreachable: Meaning = (scan, position, reply, {reason}, {attempt, sentAt}, now) => {
	const {window, hints, timing, graces} = scan.discovery;
	const known = hints.get(position);
	if (known !== undefined) {
		if (known.attempt !== attempt) {
			setDown(scan, position, known, now);
		}

		return;
	}

	const took = micros(Math.max(0, reply.receivedAt - (sentAt ?? reply.receivedAt)));
	hints.set(position, {reason, ttl: reply.ttl, attempt, took});
	if (window.status(position) !== TARGET_STATUS.asked || window.queued(position) > 0) {
		return; // Its try is being sent still
	}

	if (timing.silence.isProven(window.history(position)!)) {
		graces.push(position, timing.patience.graceEnd(window.lastSentAt(position), took));
	} else {
		askAgain(scan, position, now);
	}
};

const MEANINGS: {readonly [Says in HostEvidence['says']]: Meaning} = {
	up: onUp,
	down: onDown,
	unreachable: onUnreachable,
};

/** The send time of a probe of a host that answered came after the answer. */
export const learnEarly = (scan: ScanState, position: number, probe: number, sentAt: Micros): void => {
	const {signs, window} = scan.discovery;
	const sign = signs.get(position);
	const answer = sign?.answer;
	if (answer?.probe === probe && answer.attempt === window.attempt(position)) {
		const answered = {...sign!, answer};
		tellOfEarly(scan, position, answered, sentAt);
		learn(scan, position, answer, sentAt);
		signs.set(position, withRoundTrip(scan, answered, sentAt));
	}
};

type Answer = Sign & Required<Pick<Sign, 'answer'>>;

const tellOfEarly = (scan: ScanState, position: number, {answer, reason}: Answer, sentAt: Micros): void => {
	const {probe, attempt, receivedAt} = answer;
	const {port} = scan.discovery.probesOf(scan.discovery.window.way(position))[probe];
	const rtt = micros(Math.max(0, receivedAt - sentAt));
	const occasion = {port, attempt, at: receivedAt};
	tellOfTarget(scan, position, occasion, {what: 'host-answered', rtt, reason, says: 'up'});
};

const withRoundTrip = (scan: ScanState, sign: Answer, sentAt: Micros): Sign => {
	const rtt = scan.discovery.timing.patience.roundTrip(sentAt, sign.answer.receivedAt);
	return rtt === undefined ? sign : {...sign, rtt};
};

/** The timing learns from the answer of a host, and the host may be asked again when it must be known whether the way is open. */
const learn = (
	scan: ScanState,
	position: number,
	{probe, attempt, receivedAt, isLate, isTelling: telling}: NonNullable<Sign['answer']>,
	sentAt: Micros,
): void => {
	const {window, timing, notes, canaries, sample, sequels} = scan.discovery;
	const way = window.way(position);
	const tries = window.history(position)!;
	const later = window.attempt(position) - attempt;
	const note = later === 0 ? notes.at(window.note(position, probe)) : undefined;
	const history = tries.without(isLate ? tries.length - 1 : later);
	timing.onAnswer({way, history, sentAt, receivedAt, isTelling: telling}, note);
	if (way === 'link') {
		sequels.expect(window.address(position).value, {
			way,
			tries: tries.length,
			lost: history?.previous,
			sentAt: window.queued(position) === 0 ? window.lastSentAt(position) : undefined,
		});
	}

	if (way === 'path' && sample.onAnswer(probe)) {
		timing.onNewSample();
	}

	if (telling && way === 'path' && canaries.hasRoom && mayHelp(scan)) {
		const address = window.address(position);
		const path = scan.transport.pathTo(address);
		canaries.addHost({key: address.value, probe: scan.discovery.probesOf(way)[probe], path});
	}
};

/** Canaries show what others are to be asked with. */
const mayHelp = ({discovery: {places}}: ScanState): boolean => !places.isEmpty;

const onCanaryAnswer = (scan: ScanState, {target, receivedAt}: Reply, attempt: number): void => {
	const {canaries, timing} = scan.discovery;
	const flight = canaries.onAnswer(canaries.indexOf(target), attempt, receivedAt);
	if (flight === undefined) {
		scan.repliesRedundant++;
		return;
	}

	timing.onLeave();
	if (flight !== 'early') {
		const {sentAt, note} = flight;
		timing.onCanaryAnswer({way: 'path', sentAt, receivedAt, isTelling: true}, note);
	}
};
