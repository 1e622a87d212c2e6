import {type Micros, micros, SECOND} from '@halfopen/model';
import {AnswerRatio} from './answer-ratio.ts';
import {expectedMissed, triesNeeded} from './confidence.ts';
import type {GroupTiming, RateListener} from './group-timing.ts';
import {LossEstimate} from './loss-estimate.ts';
import {INITIAL_BURST, LOOK_AHEAD, Pace} from './pace.ts';
import {PathModel, type PathObserver} from './path-model.ts';
import {offeredRate, type ProbeKind} from './round.ts';
import {RoundTrips, type RttEstimate, timeoutOf, unboundedTimeout} from './rtt.ts';

/** What is remembered of a probe while its answer is waited for. */
export interface ProbeNote {
	readonly kind: ProbeKind;
	/** Chance of an answer; `undefined` when it was not known. */
	readonly chance: number | undefined;
	/** Rounds of the host's path model, and of that of all hosts. */
	readonly hostRound: number;
	readonly groupRound: number;
}

/** An answer, as the timing sees it. */
export interface Answer {
	/** Which try was answered, 0 for the first. */
	readonly attempt: number;
	readonly sentAt: Micros;
	readonly receivedAt: Micros;
	/** Whether it tells of the way to the host. ICMP errors do not: who sends them limits their number. */
	readonly isTelling: boolean;
}

/** Probes that tell nothing, after which a port that is known to answer is asked in between. */
export const PROBES_PER_CANARY = 24;

/** Where more than this share of first probes is answered, these show whether the way is open. */
const CANARY_RATIO = 0.1;

/** Loss above which it is tried whether the rate is to blame; above what was found to be random, by a margin. */
const SUSPICIOUS_LOSS = 0.25;
const LOSS_MARGIN = 0.15;

/** Probes in flight, as a multiple of what the rate puts there within the timeout. */
const FLIGHT_GAIN = 2;
const LEAST_FLIGHT = 16;

/** The timing of one host: when the next probe may leave, how long it is waited for, how many tries silence takes. */
export class HostTiming {
	readonly #group: GroupTiming;
	readonly #ports: number;
	readonly #path: PathModel;
	readonly #pace: Pace;
	readonly #loss: LossEstimate;
	readonly #ratio = new AnswerRatio();
	readonly #roundTrips = new RoundTrips();
	#inFlight = 0;
	#acceptedLoss = SUSPICIOUS_LOSS;
	#answered = 0;
	#sinceWitness: number;
	#lastSendAt = -Infinity;
	#lastNote: ProbeNote | undefined;

	/** `phase` below 1 spreads what many hosts do alike over time. */
	constructor(
		group: GroupTiming,
		ports: number,
		phase: number,
		now: Micros,
		onRateChange: RateListener = () => {},
	) {
		const {initialRate, blindRate, maxScanDelay} = group.parameters;
		const {maxRate} = group;
		this.#group = group;
		this.#ports = ports;
		this.#sinceWitness = Math.floor(phase * PROBES_PER_CANARY);
		this.#pace = new Pace(now, maxRate === Infinity ? INITIAL_BURST : 0);
		this.#loss = new LossEstimate(() => group.loss.value);
		this.#path = new PathModel(
			{
				initialRate: Math.min(initialRate, maxRate),
				blindRate: Math.min(blindRate, maxRate),
				leastRate: Math.min(initialRate, maxRate, SECOND / Math.max(1, maxScanDelay)),
				mostRate: () => group.maxRate,
			},
			this.#observer(onRateChange),
			now,
		);
	}

	get rtt(): RttEstimate | undefined {
		return this.#roundTrips.estimate;
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
		return this.#loss.measured;
	}

	/** How long a probe sent now, or on its way already, is waited for. */
	get timeout(): Micros {
		const {parameters, timeout: prior} = this.#group;
		const timeout = this.#roundTrips.isEmpty ? prior : timeoutOf(this.#roundTrips, parameters);
		return micros(Math.max(timeout, parameters.scanDelay));
	}

	/** When the next probe may leave at the earliest, as far as its distance from the last one is concerned. */
	get nextSendAt(): Micros {
		const {scanDelay} = this.#group.parameters;
		return micros(scanDelay > 0 ? this.#lastSendAt + scanDelay : this.#pace.nextAt - LOOK_AHEAD);
	}

	/** The latest try that a silent port gets, as far as is known now; 0 for the first. */
	get lastAttempt(): number {
		return triesNeeded(this.#evidence, this.#group.parameters) - 1;
	}

	/** Ports expected to be called silent by mistake, after the tries they get. */
	get expectedMissed(): number {
		return expectedMissed(this.#evidence, this.lastAttempt + 1);
	}

	/** Nothing tells whether the way is open: a port that is known to answer should be asked. */
	get wantsCanary(): boolean {
		return this.#sinceWitness >= PROBES_PER_CANARY;
	}

	/** Whether one more probe may leave, as far as this host is concerned. */
	admits(now: Micros): boolean {
		this.#path.update(now);
		const {floor, inFlight, parameters} = this.#group;
		const isWanted = parameters.scanDelay === 0 && inFlight < parameters.minParallelism;
		const isDue = isWanted || now >= this.nextSendAt;
		return floor.isBehind(now) || (isDue && this.#inFlight < this.#mostInFlight);
	}

	/** How many probes may leave one after the other now, before anything else happens, as far as this host is concerned. */
	roomAt(now: Micros): number {
		const {floor, inFlight, parameters} = this.#group;
		if (parameters.scanDelay > 0) {
			return this.admits(now) ? 1 : 0;
		}

		this.#path.update(now);
		const due = this.#pace.dueUntil(micros(now + LOOK_AHEAD), now, this.#path.rate);
		const wanted = Math.max(due, parameters.minParallelism - inFlight);
		return Math.max(floor.owedAt(now), Math.min(wanted, Math.ceil(this.#mostInFlight - this.#inFlight)));
	}

	/** What is to be given back with the answer of a probe of this kind that leaves now. `onSend` follows. */
	noteFor(kind: ProbeKind, now: Micros): ProbeNote {
		return this.#noteOf(kind, this.#chanceOf(kind), this.#path.roundAt(now), this.#group.path.roundAt(now));
	}

	/** Probes of one kind leave, one by default. What is returned is to be given back with the answer of each. */
	onSend(kind: ProbeKind, now: Micros, count = 1): ProbeNote {
		const chance = this.#chanceOf(kind);
		this.#inFlight += count;
		this.#sinceWitness = this.#isWitness(kind) ? 0 : this.#sinceWitness + count;
		this.#lastSendAt = now;
		this.#pace.onSend(now, this.#path.rate, count);
		this.#group.onSend(now, count);
		const hostRound = this.#path.onSend(kind, chance, now, count);
		const groupRound = this.#group.path.onSend(kind, chance, now, count);
		return this.#noteOf(kind, chance, hostRound, groupRound);
	}

	/** Probes of one kind that leave in the same rounds share a note, so that few are made. */
	#noteOf(kind: ProbeKind, chance: number | undefined, hostRound: number, groupRound: number): ProbeNote {
		const last = this.#lastNote;
		if (
			last?.hostRound === hostRound &&
			last.groupRound === groupRound &&
			last.kind === kind &&
			last.chance === chance
		) {
			return last;
		}

		this.#lastNote = {kind, chance, hostRound, groupRound};
		return this.#lastNote;
	}

	/** Probes with this note left, one by default; the first and the last of them at these times. */
	onSent({hostRound, groupRound}: ProbeNote, from: Micros, count = 1, until: Micros = from): void {
		this.#path.onSent(hostRound, from, count, until);
		this.#group.path.onSent(groupRound, from, count, until);
	}

	/** Probes are on their way no more. */
	onLeave(count = 1): void {
		this.#inFlight -= count;
		this.#group.onLeave(count);
	}

	/** Nobody waits for the answer to this probe any more. */
	onForget({kind, chance, hostRound, groupRound}: ProbeNote): void {
		this.onLeave();
		this.#path.onForget(hostRound, kind, chance);
		this.#group.path.onForget(groupRound, kind, chance);
	}

	/** A canary stayed unanswered. */
	onCanaryLost(): void {
		this.#loss.onCanary(false);
		this.#group.loss.onCanary(false);
	}

	/** An answer came; `note` is that of its probe, when the latest try was answered. */
	onAnswer(answer: Answer, note: ProbeNote | undefined, now: Micros): void {
		this.learn(answer, note);
		this.#path.update(now);
	}

	/** The same, where `update` follows when all answers of the moment were told. */
	learn(answer: Answer, note: ProbeNote | undefined): void {
		const {sentAt, receivedAt, isTelling} = answer;
		const rtt = micros(Math.max(0, receivedAt - sentAt)); // Two clocks meet here: below 0 counts as 0
		this.#onRtt(rtt);
		if (!isTelling) {
			return;
		}

		this.#learnLoss(answer, note);
		const excess = micros(rtt - this.#roundTrips.least);
		const roundAnswer = {
			kind: note?.kind ?? 'repeated',
			chance: note?.chance,
			sentAt,
			receivedAt,
			excess,
		};
		this.#path.onAnswer(note?.hostRound, roundAnswer);
		this.#group.path.onAnswer(note?.groupRound, roundAnswer);
	}

	/** Judges what came in, so that the rates of this host and of all are those of now. */
	update(now: Micros): void {
		this.#path.update(now);
		this.#group.path.update(now);
	}

	#learnLoss({attempt}: Answer, note: ProbeNote | undefined): void {
		if (note?.kind === 'canary') {
			this.#loss.onCanary(true);
			this.#group.loss.onCanary(true);
			return;
		}

		this.#answered++;
		this.#loss.onAnswer(attempt);
		this.#group.loss.onAnswer(attempt);
	}

	#onRtt(sample: Micros): void {
		this.#roundTrips.add(sample);
		this.#group.onRtt(sample);
	}

	/** Whether the fate of such a probe shows if the way is open. */
	#isWitness(kind: ProbeKind): boolean {
		return kind === 'canary' || (kind === 'fresh' && (this.#ratio.value ?? 0) > CANARY_RATIO);
	}

	/** How surely a probe of this kind is answered when nothing is in the way; `undefined` where that is not known. */
	#chanceOf(kind: ProbeKind): number | undefined {
		if (kind === 'canary') {
			return 1 - this.#loss.value;
		}

		return kind === 'fresh' ? this.#ratio.value : undefined;
	}

	get #evidence(): {ports: number; answered: number; loss: number} {
		return {ports: this.#ports, answered: this.#answered, loss: this.#loss.value};
	}

	get #mostInFlight(): number {
		const {minParallelism, maxParallelism} = this.#group.parameters;
		const flight = LEAST_FLIGHT + (FLIGHT_GAIN * this.#path.rate * this.timeout) / SECOND;
		return Math.min(Math.max(flight, minParallelism), maxParallelism);
	}

	#observer(onRateChange: RateListener): PathObserver {
		return {
			rtt: () => (this.#roundTrips.isEmpty ? undefined : this.#roundTrips),
			patience: () => (this.#roundTrips.isEmpty ? this.timeout : unboundedTimeout(this.#roundTrips)),
			seenUntil: now => this.#group.seenUntil(now),
			expectation: ({fresh, freshAnswered, promised, promisedVariance, promisedAnswered}) => {
				const ratio = this.#ratio.value;
				return ratio === undefined
					? {expected: promised, variance: promisedVariance, came: promisedAnswered}
					: {
							expected: promised + fresh * ratio,
							variance: promisedVariance + this.#ratio.varianceOf(fresh),
							came: promisedAnswered + freshAnswered,
						};
			},
			onClearRound: round => this.#ratio.add(round.fresh, round.freshAnswered, offeredRate(round)),
			onRateChange,
			isTakenCareOf: since => this.#group.path.hasCutSince(since),
			suspectsRate: () => this.#loss.recent > this.#acceptedLoss,
			onRandomLoss: () => {
				this.#acceptedLoss = this.#loss.recent + LOSS_MARGIN;
			},
			onNewNormal: round => {
				this.#ratio.restart();
				this.#ratio.add(round.fresh, round.freshAnswered, offeredRate(round));
				this.#roundTrips.lengthen(micros(round.answers > 0 ? round.leastExcess : 0));
			},
		};
	}
}
