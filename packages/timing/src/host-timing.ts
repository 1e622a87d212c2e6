import {type Micros, micros, SECOND} from '@halfopen/model';
import {AnswerRatio} from './answer-ratio.ts';
import {expectedMissed, isSilenceProven} from './confidence.ts';
import type {GroupTiming, RateListener} from './group-timing.ts';
import {HostLoss} from './host-loss.ts';
import {INITIAL_BURST, LOOK_AHEAD, Pace} from './pace.ts';
import {PathModel} from './path-model.ts';
import type {PathObserver} from './path-observer.ts';
import {ENDS_SPAN} from './rate-change.ts';
import {type AnsweredProbe, offeredRate, type ProbeKind} from './round.ts';
import {RoundTrips, type RttEstimate, timeoutOf, unboundedTimeout} from './rtt.ts';
import type {TryHistory} from './try-history.ts';
import {canariesToTell, Witnesses} from './witnesses.ts';

/** What is remembered of a probe while its answer is waited for. */
export interface ProbeNote {
	readonly kind: ProbeKind;
	/** Chance of an answer; `undefined` when it was not known. */
	readonly chance: number | undefined;
	/** Rounds of the host's path model, and of that of all hosts. */
	readonly hostRound: number;
	readonly groupRound: number;
	/** The tries that its port had, this one included. */
	readonly history?: TryHistory;
}

/** An answer, as the timing sees it. */
export interface Answer {
	/** Which try was answered, 0 for the first. */
	readonly attempt: number;
	/** The tries of its port up to that one, where they are kept. */
	readonly history?: TryHistory | undefined;
	readonly sentAt: Micros;
	readonly receivedAt: Micros;
	/** Whether it tells of the way to the host. ICMP errors do not: who sends them limits their number. */
	readonly isTelling: boolean;
}

/** One of which no note is kept. */
const UNKNOWN_PROBE: AnsweredProbe = {kind: 'repeated', chance: undefined};

/** Probes in flight, as a multiple of what the rate puts there within the timeout. */
const FLIGHT_GAIN = 2;
const LEAST_FLIGHT = 16;

/** The timing of one host: when the next probe may leave, how long it is waited for, how many tries silence takes. */
export class HostTiming {
	readonly #group: GroupTiming;
	readonly #ports: number;
	readonly #path: PathModel;
	readonly #pace: Pace;
	readonly #loss: HostLoss;
	readonly #ratio = new AnswerRatio();
	readonly #witnesses: Witnesses;
	readonly #roundTrips = new RoundTrips();
	#inFlight = 0;
	#answered = 0;
	#lastSendAt = -Infinity;
	#openAt = -Infinity;
	#lastNote: ProbeNote | undefined;

	/**
	 * `phase` below 1 spreads what many hosts do alike over time. `standsFor` a sweep, it is the timing of many hosts asked
	 * in random order: limits of one host are not looked for.
	 */
	constructor(
		group: GroupTiming,
		ports: number,
		phase: number,
		now: Micros,
		onRateChange: RateListener = () => {},
		standsFor: 'host' | 'sweep' = 'host',
	) {
		const isSweep = standsFor === 'sweep';
		const {initialRate, blindRate, maxScanDelay} = group.parameters;
		const {maxRate} = group;
		this.#group = group;
		this.#ports = ports;
		this.#pace = new Pace(now, maxRate === Infinity ? INITIAL_BURST : 0);
		this.#loss = new HostLoss(group);
		this.#path = new PathModel(
			{
				initialRate: Math.min(initialRate, maxRate),
				blindRate: Math.min(blindRate, maxRate),
				leastRate: Math.min(initialRate, maxRate, isSweep ? Infinity : SECOND / Math.max(1, maxScanDelay)),
				...(!group.parameters.keepsMaxScanDelay && {leastMeasured: 0}),
				ceiling: group,
			},
			this.#observer(onRateChange, isSweep),
			now,
		);
		this.#witnesses = new Witnesses(this.#ratio, this.#path, group, phase);
	}

	get rtt(): RttEstimate | undefined {
		return this.#roundTrips.estimate;
	}

	/** A round trip that is known from finding the host, and that the group was told of. */
	begin(rtt: Micros): void {
		this.#roundTrips.add(rtt);
	}

	/** Probes on their way to this host. */
	get inFlight(): number {
		return this.#inFlight;
	}

	/** Probes per second. */
	get rate(): number {
		return this.#path.rate;
	}

	/** Share of tries lost on the way, there or back; `undefined` when nothing answered. */
	get measuredLoss(): number | undefined {
		return this.#loss.estimate.measured;
	}

	/** How long a probe sent now, or on its way already, is waited for. */
	get timeout(): Micros {
		const {parameters} = this.#group;
		const timeout = this.#roundTrips.isEmpty ? this.#group.timeout : timeoutOf(this.#roundTrips, parameters);
		return micros(Math.max(timeout, parameters.scanDelay));
	}

	/** When a probe that was sent then, and is on its way still, is overdue. */
	overdueAt(sentAt: Micros): Micros {
		return micros(this.#group.standstill.waitedSince(sentAt) + this.timeout);
	}

	/** Whether a probe that was sent then, and is overdue, tells nothing: it was on its way when the scan stood still. */
	wasInterrupted(sentAt: number): boolean {
		return this.#group.standstill.interrupted(sentAt);
	}

	/** When the last probe left of those that were answered: the way was open. */
	get openAt(): number {
		return this.#openAt;
	}

	/** When the next probe may leave at the earliest, as far as its distance from the last one is concerned. */
	get nextSendAt(): Micros {
		const {scanDelay} = this.#group.parameters;
		return micros(scanDelay > 0 ? this.#lastSendAt + scanDelay : this.#pace.nextAt - LOOK_AHEAD);
	}

	/** Whether a port that stayed silent had its tries, as far as is known now. */
	isSilenceProven(history: TryHistory, now: Micros): boolean {
		const {parameters} = this.#group;
		this.#growOld(now);
		this.#group.growOld(now);
		return isSilenceProven({...this.#evidence, tries: history.length, doubt: history.doubt}, parameters);
	}

	/** These tries and one that leaves now. */
	withTry(before: TryHistory): TryHistory {
		return this.#loss.withTry(before);
	}

	/** Canaries at once, of which one or more come back unless the way is closed. */
	get canariesToTell(): number {
		return canariesToTell(this.#loss.estimate.value);
	}

	/** Ports expected to be called silent by mistake, when those that are had such doubt on average. */
	expectedMissed(doubt: number): number {
		return expectedMissed({...this.#evidence, doubt});
	}

	/** A lower rate is being tried: probes that tell nothing had better wait. */
	get isOnTrial(): boolean {
		return this.#path.isOnTrial || this.#group.path.isOnTrial;
	}

	/** Only ports that are known to answer tell then. */
	get needsCanaries(): boolean {
		return this.#path.needsCanaries || this.#group.path.needsCanaries;
	}

	/** Nothing tells whether the way is open: a port that is known to answer should be asked. */
	get wantsCanary(): boolean {
		return this.#witnesses.wantCanary;
	}

	/** So many probes may leave before that is so. */
	get probesToCanary(): number {
		return this.#witnesses.probesToCanary;
	}

	/** How many probes may leave one after the other now, before anything else happens, as far as this host is concerned. */
	roomAt(now: Micros): number {
		this.#path.update(now);
		const {floor} = this.#group;
		const room = Math.ceil(this.#mostInFlight - this.#inFlight);
		return Math.max(floor.owedAt(now), Math.min(this.#wantedAt(now), room));
	}

	#wantedAt(now: Micros): number {
		const {inFlight, parameters} = this.#group;
		if (parameters.scanDelay > 0) {
			return now >= this.nextSendAt ? 1 : 0;
		}

		const due = this.#pace.dueUntil(micros(now + LOOK_AHEAD), now, this.#path.rate);
		return Math.max(due, parameters.minParallelism - inFlight);
	}

	/** What is to be given back with the answer of a probe of this kind that leaves now. `onSend` follows. */
	noteFor(kind: ProbeKind, now: Micros): ProbeNote {
		return this.#noteOf({
			kind,
			chance: this.#chanceOf(kind),
			hostRound: this.#path.roundAt(now),
			groupRound: this.#group.path.roundAt(now),
			history: this.#loss.withTry(undefined),
		});
	}

	/**
	 * Probes of one kind leave, one by default, to ports that had these tries. What is returned is to be given back with
	 * the answer of each.
	 */
	onSend(kind: ProbeKind, now: Micros, count = 1, before?: TryHistory): ProbeNote {
		const history = this.#loss.withTry(before);
		const chance = this.#chanceOf(kind);
		if (this.#inFlight === 0) {
			this.#group.onHostActive(true);
		}

		this.#inFlight += count;
		this.#witnesses.onSend(kind, count);
		this.#lastSendAt = now;
		this.#pace.onSend(now, this.#path.rate, count);
		this.#group.onSend(now, count);
		const hostRound = this.#path.onSend(kind, chance, now, count);
		const groupRound = this.#group.path.onSend(kind, chance, now, count);
		return this.#noteOf({kind, chance, hostRound, groupRound, history});
	}

	/** Probes of one kind that leave in the same rounds share a note, so that few are made. */
	#noteOf(note: ProbeNote): ProbeNote {
		const last = this.#lastNote;
		if (
			last?.hostRound === note.hostRound &&
			last.groupRound === note.groupRound &&
			last.kind === note.kind &&
			last.chance === note.chance &&
			last.history === note.history
		) {
			return last;
		}

		this.#lastNote = note;
		return note;
	}

	/** Probes with this note left, one by default; the first and the last of them at these times. */
	onSent({hostRound, groupRound}: ProbeNote, from: Micros, count = 1, until: Micros = from): void {
		this.#path.onSent(hostRound, from, count, until);
		this.#group.path.onSent(groupRound, from, count, until);
	}

	/** Probes are on their way no more. */
	onLeave(count = 1): void {
		this.#inFlight -= count;
		if (this.#inFlight === 0) {
			this.#group.onHostActive(false);
		}

		this.#group.onLeave(count);
	}

	/** Nobody waits for the answer to this probe any more. */
	onForget({kind, chance, hostRound, groupRound}: ProbeNote): void {
		this.onLeave();
		this.#path.onForget(hostRound, kind, chance);
		this.#group.path.onForget(groupRound, kind, chance);
	}

	/** A canary stayed unanswered. */
	onCanaryLost({history}: ProbeNote): void {
		this.#loss.onCanaryLost(history);
	}

	/**
	 * An answer came; `note` is that of its probe, when the latest try was answered. `update` follows when all answers of the
	 * moment were told.
	 */
	learn(answer: Answer, note: ProbeNote | undefined): void {
		const {sentAt, receivedAt, isTelling} = answer;
		const rtt = micros(Math.max(0, receivedAt - sentAt)); // Two clocks meet here: below 0 counts as 0
		const isSample = note?.kind !== 'resent' && !this.#group.standstill.isWithin(sentAt, receivedAt);
		if (isSample) {
			this.#onRtt(rtt);
		}

		if (!isTelling) {
			return;
		}

		this.#openAt = Math.max(this.#openAt, sentAt);
		this.#learnLoss(answer, note);
		const excess = micros(isSample ? rtt - this.#roundTrips.least : 0);
		const probe = note ?? UNKNOWN_PROBE;
		this.#path.onAnswer(note?.hostRound, probe, answer, excess);
		this.#group.path.onAnswer(note?.groupRound, probe, answer, excess);
	}

	/** Judges what came in, so that the rates of this host and of all are those of now. */
	update(now: Micros): void {
		this.#path.update(now);
		this.#group.path.update(now);
	}

	#learnLoss({attempt, history, sentAt}: Answer, note: ProbeNote | undefined): void {
		const isCanary = note?.kind === 'canary';
		this.#answered += isCanary ? 0 : 1;
		this.#loss.onAnswer(history ?? note?.history, isCanary ? 0 : attempt, sentAt);
	}

	/** See `LossEstimate`: what is lost is known after a timeout and the answer to the next try. */
	#growOld(now: Micros): void {
		this.#loss.estimate.onGrownOld(now - this.timeout - this.#roundTrips.smoothed);
	}

	#onRtt(sample: Micros): void {
		this.#roundTrips.add(sample);
		this.#group.onRtt(sample);
	}

	/** How surely a probe of this kind is answered when nothing is in the way; `undefined` where that is not known. */
	#chanceOf(kind: ProbeKind): number | undefined {
		if (kind === 'canary') {
			return 1 - this.#loss.estimate.least;
		}

		return kind === 'fresh' ? this.#ratio.value : undefined;
	}

	get #evidence(): {ports: number; answered: number} {
		return {ports: this.#ports, answered: this.#answered};
	}

	get #mostInFlight(): number {
		const {minParallelism, maxParallelism} = this.#group.parameters;
		const flight = LEAST_FLIGHT + (FLIGHT_GAIN * this.#path.rate * this.timeout) / SECOND;
		return Math.min(Math.max(flight, minParallelism), maxParallelism);
	}

	#observer(onRateChange: RateListener, isSweep: boolean): PathObserver {
		return {
			rtt: () => (this.#roundTrips.isEmpty ? undefined : this.#roundTrips),
			patience: () => (this.#roundTrips.isEmpty ? this.timeout : unboundedTimeout(this.#roundTrips)),
			seenUntil: now => this.#group.seenUntil(now),
			wasInterrupted: sentAt => this.wasInterrupted(sentAt),
			expectation: ({fresh, freshAnswered, canaries, canariesAnswered}) => {
				const ratio = this.#ratio.value;
				const chance = canaries > 0 ? (this.#chanceOf('canary') ?? 0) : 0;
				const promised = {
					expected: canaries * chance,
					variance: canaries * chance * (1 - chance),
					came: canariesAnswered,
				};
				return ratio === undefined
					? promised
					: {
							expected: promised.expected + fresh * ratio,
							variance: promised.variance + this.#ratio.varianceOf(fresh, freshAnswered),
							came: promised.came + freshAnswered,
						};
			},
			onRound: ({leftUntil}) => this.#growOld(leftUntil as Micros),
			onClearRound: round => this.#ratio.add(round.fresh, round.freshAnswered, offeredRate(round)),
			onGoodRate: ({fresh, freshAnswered}, rate) => this.#ratio.confirm(fresh, freshAnswered, rate),
			onRateChange: (rate, because, now) => {
				if (ENDS_SPAN.has(because)) {
					this.#loss.beginSpan();
				}

				onRateChange(rate, because, now);
			},
			isTakenCareOf: since => this.#group.path.hasCutSince(since),
			suspectsRate: () => this.#loss.estimate.suspicious > this.#group.loss.accepted,
			delivered: () => this.#loss.estimate.delivered,
			tries: () => this.#loss.estimate.current.outcome,
			isOnlyHost: () => this.#group.hasOneHost && !isSweep,
			isAlone: () => this.#group.hasOneHost && this.#witnesses.areFresh,
			mayTry: () => !isSweep,
			onLimit: () => this.#ratio.settle(),
			onClearLimit: ({fresh, freshAnswered}, rate) => this.#ratio.replace(fresh, freshAnswered, rate),
			onRandomLoss: () => this.#loss.estimate.accept(),
			onNewNormal: round => {
				this.#ratio.restart();
				this.#ratio.add(round.fresh, round.freshAnswered, offeredRate(round));
				this.#roundTrips.lengthen(micros(round.answers > 0 ? round.leastExcess : 0));
			},
		};
	}
}
