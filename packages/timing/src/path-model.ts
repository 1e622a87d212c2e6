import {type Micros, SECOND} from '@halfopen/model';
import {AnswerMeter} from './answer-meter.ts';
import {type Expectation, judgeRound, type RoundVerdict} from './judge-round.ts';
import {MistakenCut} from './mistaken-cut.ts';
import {type Outcome, RateTrial, type TrialResult} from './rate-trial.ts';
import {Relief} from './relief.ts';
import {
	addCounts,
	type AnswerCounts,
	forgetProbe,
	LEAST_ROUND,
	newRound,
	noCounts,
	noteAnswer,
	noteProbes,
	noteSent,
	offeredRate,
	type ProbeKind,
	type Round,
	type RoundAnswer,
} from './round.ts';
import {UpwardSearch} from './upward-search.ts';

/** Bounds of a rate, in probes per second. */
export interface RateLimits {
	/** At first, before anything is known. */
	readonly initialRate: number;
	/** As far as it grows while nothing answers at all. */
	readonly blindRate: number;
	readonly leastRate: number;
	/** Wins over the others, and may change at any time. */
	mostRate(): number;
}

/** What the path model is told by who knows the host, or all hosts. */
export interface PathObserver {
	/** Shortest round trip so far, and how much they vary. */
	rtt(): {readonly least: Micros; readonly variance: Micros} | undefined;
	/** From a probe until its answer can be ruled out, but for stragglers. */
	patience(): Micros;
	/** Everything that was received up to this time was looked at. */
	seenUntil(now: Micros): Micros;
	expectation(counts: AnswerCounts): Expectation;
	/** A round was found in order: what it shows is normal. */
	onClearRound(round: Round): void;
	/** What was taken for congestion does not go away at a lower rate: it is how things are now. */
	onNewNormal(round: Round): void;
	/** Whether a wider model took action since then against what must be the same trouble. */
	isTakenCareOf(since: Micros): boolean;
	/** Whether nothing else judges what is sent here, and enough of it is answered to judge by. */
	isAlone(): boolean;
	/** Whether it may try lower rates, and correct its own by little; otherwise somebody else does. */
	mayTry(): boolean;
	/** Whether so much is lost at every rate so far that the rate may be to blame. */
	suspectsRate(): boolean;
	/**
	 * Answers are so rare that one says nothing of the rate: until there were enough to judge by, it grows as if there
	 * were none. Otherwise any answer is good news at first.
	 */
	isSparse?(): boolean;
	/** Tries at the present rate to ports that do answer. */
	tries(): Outcome;
	/** Share of what came through at the best rate that comes through now, by later tries; 1 unless clearly less. */
	delivered(): number;
	/** A lower rate does not lower the loss: it is random. */
	onRandomLoss(): void;
	/** The rate is another one from now on. */
	onRateChange(rate: number, because: RateChange, now: Micros): void;
}

/** Why a rate changes. */
export type RateChange =
	/** Answers come as they should: start-up goes on. */
	| 'start-up'
	/** Nothing answers, and nothing says that this is too fast. */
	| 'blind growth'
	/** Fewer answers than at lower rates. */
	| 'loss'
	/** Answers come late: a queue grows. */
	| 'queue'
	/** Something was lost on our own side. */
	| 'own loss'
	/** The queue is gone. */
	| 'drained'
	/** Trying whether there is more. */
	| 'probing'
	/** Trying whether a lower rate loses less, and what came of it. */
	| 'trial'
	| 'trial ended'
	/** What was taken for lost came late: the rate was cut by mistake. */
	| 'late answers'
	/** A lower rate did not help, so the rate was not the cause. */
	| 'no relief';

/** What is lost may be another share after these changes of the rate. */
export const ENDS_SPAN: ReadonlySet<RateChange> = new Set<RateChange>([
	'loss',
	'queue',
	'own loss',
	'drained',
	'probing',
	'trial',
	'trial ended',
	'late answers',
	'no relief',
]);

/** A round with fewer probes lasts longer, up to a limit: little can be told from few. */
const LEAST_PROBES = 8;
const LONGEST_ROUND = 2 * SECOND;

/** Round trip taken for the length of a round while none is known. */
const USUAL_RTT = 50_000; // µs

/** Expected answers after which counting begins anew: what is long past says little. */
const MOST_COUNTED = 1000;

const START_UP_GAIN = 2; // As slow start: RFC 5681 §3.1, BBR's start-up
const ENOUGH_TO_GROW = 0.8; // Of the answers expected; fewer may be chance, but are no reason to go faster
const AFTER_CONGESTION = 0.97; // Of the delivery rate: leaves room, so that the limit is not hit at once
const DRAIN_GAIN = 0.75; // Of the delivery rate, until the queue is gone

/** No round, and no doubt, lowers the rate to less than this part of it at once. */
const DEEPEST_CUT = 1 / 4;

/** A path of which less than this part is used is held back by something else, and shows nothing of itself. */
const IN_USE = 0.6;

/** Answers in a round that make their rate a measure. */
const LEAST_ANSWERS = 4;

/** How often the rate doubles while nothing answers. */
const BLIND_DOUBLING = SECOND;

/**
 * How fast a path takes probes, learned round by round in the manner of BBR (draft-ietf-ccwg-bbr §4): doubling at
 * first, then at the delivery rate that the path showed when it was overrun, and now and then a little above, to see
 * whether there is more. A rate is lowered only by what the rate itself causes, growing queues and loss beyond the
 * usual, never by loss that comes at any rate.
 */
export class PathModel {
	readonly #limits: RateLimits;
	readonly #observer: PathObserver;
	readonly #rounds: Round[] = [];
	#rate: number;
	#isStartUp = true;
	#roundCount = 0;
	#answers = 0;
	#cutAt = -Infinity;
	#blindSince: Micros;
	/** Rate to go back to once a queue is drained; 0 when none is being drained. */
	#rateAfterDrain = 0;
	readonly #mistakenCut = new MistakenCut();
	readonly #relief = new Relief();
	readonly #trial = new RateTrial();
	readonly #meter = new AnswerMeter();
	readonly #search = new UpwardSearch();
	#rateBeforeTrial = 0;
	/** Of all rounds at the present rate: what is too little to be told from one shows in many. */
	#counts = noCounts();
	/** Some round had enough answers to expect; before that, any answer is good news. */
	#wasInformed = false;
	#updatedAt: number = Number.NaN;

	constructor(limits: RateLimits, observer: PathObserver, now: Micros) {
		this.#limits = limits;
		this.#observer = observer;
		this.#rate = limits.initialRate;
		this.#blindSince = now;
	}

	/** Probes per second. */
	get rate(): number {
		return Math.min(this.#rate, this.#limits.mostRate());
	}

	/** Whether the rate was cut since then, and could be cut further. */
	hasCutSince(time: Micros): boolean {
		return this.#cutAt >= time && this.#rate > this.#limits.leastRate;
	}

	/** A lower rate is being tried: only probes that tell are of use. */
	get isOnTrial(): boolean {
		return this.#trial.isRunning;
	}

	/** Of these, only canaries. */
	get needsCanaries(): boolean {
		return this.#trial.needsCanaries;
	}

	/** It still doubles, not having met a limit. */
	get isStartUp(): boolean {
		return this.#isStartUp;
	}

	/** Whether anything ever answered. */
	get isBlind(): boolean {
		return this.#answers === 0;
	}

	/** The number of the round that probes join which leave now. */
	roundAt(now: Micros): number {
		return this.#currentRound(now).number;
	}

	/** Probes leave, each of whose answers is expected with this chance, if that is known. Returns the number of their round. */
	onSend(kind: ProbeKind, chance: number | undefined, now: Micros, count = 1): number {
		const round = this.#currentRound(now);
		noteProbes(round, count, kind, chance);
		return round.number;
	}

	/** So many probes of the round left between two times. */
	onSent(roundNumber: number, from: Micros, count = 1, until: Micros = from): void {
		const round = this.#find(roundNumber);
		if (round !== undefined) {
			noteSent(round, count, from, until);
			this.#updatedAt = Number.NaN;
		}
	}

	/** An answer came; `roundNumber` is `undefined` when its probe is not known any more. */
	onAnswer(roundNumber: number | undefined, answer: RoundAnswer): void {
		this.#answers++;
		this.#meter.add(answer.receivedAt);
		this.#updatedAt = Number.NaN;
		const round = this.#find(roundNumber);
		if (round !== undefined) {
			noteAnswer(round, answer);
		} else if (roundNumber !== undefined && answer.chance !== undefined) {
			this.#onLateAnswer(roundNumber, answer.receivedAt);
		}
	}

	/** Nobody waits for the answer to a probe any more. */
	onForget(roundNumber: number, kind: ProbeKind, chance: number | undefined): void {
		const round = this.#find(roundNumber);
		if (round !== undefined) {
			forgetProbe(round, kind, chance);
		}
	}

	/** Something was lost on our own side, in a full queue or ring. */
	onLocalLoss(now: Micros): void {
		if (now - this.#cutAt > this.#observer.patience()) {
			this.#cut(this.#rate * DRAIN_GAIN, 'own loss', now);
		}
	}

	/** Judges the rounds whose answers are all in, or overdue. Costs nothing a second time at the same moment. */
	update(now: Micros): void {
		if (now === this.#updatedAt) {
			return;
		}

		this.#updatedAt = now;
		this.#endRound(now);
		if (this.#rounds.length > 0 && hasLeft(this.#rounds[0])) {
			this.#judgeRounds(now);
		}

		this.#growBlindly(now);
	}

	// Rounds

	#currentRound(now: Micros): Round {
		this.#endRound(now);
		const last = this.#rounds.at(-1);
		if (last?.isEnded === false) {
			return last;
		}

		const round = newRound(this.#roundCount++, now, this.rate);
		this.#rounds.push(round);
		return round;
	}

	#endRound(now: Micros): void {
		const round = this.#rounds.at(-1);
		if (round === undefined || round.isEnded) {
			return;
		}

		const length = Math.max(LEAST_ROUND, this.#observer.rtt()?.least ?? USUAL_RTT);
		const age = now - round.startedAt;
		if (age >= LONGEST_ROUND || (age >= length && round.sent >= LEAST_PROBES)) {
			round.isEnded = true;
		}
	}

	#find(number: number | undefined): Round | undefined {
		const first = this.#rounds[0];
		return first === undefined || number === undefined ? undefined : this.#rounds[number - first.number];
	}

	// What rounds teach

	#judgeRounds(now: Micros): void {
		const answeredUntil = this.#observer.seenUntil(now) - this.#observer.patience();
		for (let round = this.#rounds[0]; round !== undefined; round = this.#rounds[0]) {
			if (!hasLeft(round) || round.leftUntil > answeredUntil) {
				break;
			}

			this.#rounds.shift();
			this.#judge(round, now);
		}
	}

	#judge(round: Round, now: Micros): void {
		if (round.startedAt < this.#cutAt && round.leftUntil > this.#cutAt) {
			return; // Sent at two rates: tells of neither
		}

		if (this.#trial.isRunning && round.startedAt < this.#cutAt) {
			return; // What this could change is on trial already
		}

		addCounts(this.#counts, round);
		if (round.startedAt >= this.#cutAt) {
			this.#trial.add(round);
		}

		const expectation = this.#observer.expectation(this.#counts);
		const verdict = judgeRound(round, expectation, this.#observer.rtt());
		if (expectation.expected > MOST_COUNTED) {
			this.#counts = noCounts();
		}

		this.#wasInformed ||= verdict.isInformed;
		if (verdict.delivered === 1 && verdict.queueing === 0) {
			this.#onClear(round, verdict, expectation, now);
		} else {
			const before = {rate: this.#rate, isStartUp: this.#isStartUp};
			this.#mistakenCut.onLoss(round.number, expectation.expected - expectation.came, before);
			this.#onCongested(round, verdict, now);
		}
	}

	#onClear(round: Round, verdict: RoundVerdict, expectation: Expectation, now: Micros): void {
		this.#observer.onClearRound(round);
		const isSinceCut = round.startedAt >= this.#cutAt;
		if (isSinceCut) {
			this.#relief.end();
			if (verdict.isInformed) {
				this.#mistakenCut.forget();
			}

			if (this.#isOnTrial(round, verdict, now) || this.#isOverrun(round, verdict, now)) {
				return;
			}
		}

		const isGood = verdict.isInformed
			? verdict.answered >= ENOUGH_TO_GROW
			: !this.#wasInformed && !this.#isSparse;
		if (round.answers > 0 && isGood) {
			this.#grow(round, expectation, now);
		}
	}

	/** Tries whether loss is due to the rate. True while the trial decides the rate. */
	#isOnTrial(round: Round, {isDoubtful}: RoundVerdict, now: Micros): boolean {
		if (this.#trial.isRunning) {
			const result = this.#trial.end();
			if (result !== undefined) {
				this.#onTrialEnd(result, now);
			}

			return true;
		}

		const isInDoubt = isDoubtful && this.#isStartUp && this.#observer.isAlone();
		return (isInDoubt || this.#observer.suspectsRate()) && this.#beginTrial(round, now);
	}

	#beginTrial(round: Round, now: Micros): boolean {
		if (!isInUse(round) || !this.#observer.mayTry()) {
			return false;
		}

		const rate = this.#trial.begin({
			rate: Math.min(this.#rate, offeredRate(round)),
			answerRate: this.#answersPerSecond(round, now),
			tries: this.#observer.tries(),
		});
		if (rate === undefined) {
			return false;
		}

		this.#rateBeforeTrial = this.#rate;
		this.#setRate(rate, 'trial', now);
		this.#cutAt = now;
		return true;
	}

	/** The lower of two measures: the first answers of a host may have come in a burst. */
	#answersPerSecond(round: Round, now: Micros): number {
		const ofRound = (offeredRate(round) * round.answers) / round.sent;
		const ofLate = this.#meter.rate(now);
		return round.answers >= LEAST_ANSWERS ? Math.min(ofLate, ofRound) : ofLate;
	}

	#onTrialEnd({isRateToBlame, limit}: TrialResult, now: Micros): void {
		if (isRateToBlame) {
			this.#isStartUp = false;
			this.#search.onLimit(limit);
		} else {
			this.#search.forget();
			this.#observer.onRandomLoss();
		}

		this.#meter.restart();
		this.#setRate(isRateToBlame ? limit : this.#rateBeforeTrial, 'trial ended', now);
		this.#cutAt = now;
	}

	/** A little too fast, for long enough to be sure: the rate is corrected to what was delivered. */
	#isOverrun(round: Round, verdict: RoundVerdict, now: Micros): boolean {
		if (this.#isStartUp || this.#rateAfterDrain > 0 || !isInUse(round) || !this.#observer.mayTry()) {
			return false;
		}

		const delivered = Math.min(verdict.isOverrun ? verdict.answered : 1, this.#observer.delivered());
		if (delivered === 1) {
			return false;
		}

		this.#search.onOverrun(this.#rate);
		this.#setRate(this.#atLeast(this.#rate * delivered * AFTER_CONGESTION, now), 'loss', now);
		this.#cutAt = now;
		return true;
	}

	#grow(round: Round, expectation: Expectation, now: Micros): void {
		if (this.#isStartUp) {
			this.#setRate(Math.max(this.#rate, START_UP_GAIN * offeredRate(round)), 'start-up', now);
		} else if (this.#rateAfterDrain > 0) {
			this.#setRate(this.#rateAfterDrain, 'drained', now);
			this.#rateAfterDrain = 0;
		} else if (round.startedAt >= this.#cutAt) {
			this.#probeUpwards(expectation, now);
		}
	}

	#probeUpwards(expectation: Expectation, now: Micros): void {
		const {sent, answers} = this.#counts;
		const rate = this.#search.next(this.#rate, {...expectation, sent, answers});
		if (rate < this.#rate) {
			this.#cutAt = now;
		}

		this.#setRate(rate, rate < this.#rate ? 'loss' : 'probing', now);
	}

	/** An answer that was given up for lost came after all. If many do, the rate was cut by mistake. */
	#onLateAnswer(roundNumber: number, now: Micros): void {
		const before = this.#mistakenCut.onLateAnswer(roundNumber);
		if (before !== undefined) {
			this.#isStartUp = before.isStartUp;
			this.#search.forget();
			this.#trial.cancel();
			this.#relief.end();
			this.#setRate(Math.max(this.#rate, before.rate), 'late answers', now);
		}
	}

	#onCongested(round: Round, verdict: RoundVerdict, now: Micros): void {
		if (this.#observer.isTakenCareOf(round.startedAt)) {
			this.#isStartUp &&= !this.#observer.mayTry();
			this.#counts = noCounts();
			return;
		}

		if (round.startedAt >= this.#cutAt) {
			if (this.#relief.isMissing(verdict, this.#rate)) {
				this.#acceptAsNormal(round, now);
				return;
			}

			if (this.#rateAfterDrain > 0 && verdict.delivered === 1) {
				return; // The queue is being drained: what answers show is how long it was
			}
		}

		const isQueue = verdict.queueing > 0;
		if (this.#isStartUp && !isQueue && this.#beginTrial(round, now)) {
			return;
		}

		this.#isStartUp = false;
		this.#rateAfterDrain = isQueue ? verdict.deliveryRate * AFTER_CONGESTION : 0;
		this.#cut(
			verdict.deliveryRate * (isQueue ? DRAIN_GAIN : AFTER_CONGESTION),
			isQueue ? 'queue' : 'loss',
			now,
		);
	}

	#acceptAsNormal(round: Round, now: Micros): void {
		this.#observer.onNewNormal(round);
		this.#search.forget();
		this.#setRate(Math.max(this.#rate, this.#relief.rateBefore), 'no relief', now);
		this.#relief.end();
		this.#rateAfterDrain = 0;
	}

	#cut(rate: number, because: RateChange, now: Micros): void {
		this.#trial.cancel();
		this.#search.onLimit(this.#rate);
		this.#setRate(because === 'loss' ? this.#atLeast(rate, now) : Math.min(this.#rate, rate), because, now);
		this.#cutAt = now;
	}

	/** A lower rate, but no lower than answers come, which took a probe each. */
	#atLeast(rate: number, now: Micros): number {
		return Math.min(this.#rate, Math.max(rate, this.#rate * DEEPEST_CUT, this.#meter.rate(now)));
	}

	#growBlindly(now: Micros): void {
		const isBlind = this.isBlind || (this.#isStartUp && !this.#wasInformed && this.#isSparse);
		if (!isBlind || this.#rate >= this.#limits.blindRate || now - this.#blindSince < BLIND_DOUBLING) {
			return;
		}

		this.#setRate(Math.min(this.#rate * START_UP_GAIN, this.#limits.blindRate), 'blind growth', now);
		this.#blindSince = now;
	}

	get #isSparse(): boolean {
		return this.#observer.isSparse?.() ?? false;
	}

	#setRate(rate: number, because: RateChange, now: Micros): void {
		const {leastRate} = this.#limits;
		const bounded = Math.min(Math.max(rate, leastRate), this.#limits.mostRate());
		if (bounded !== this.#rate) {
			this.#trial.reset();
			this.#counts = noCounts();
			this.#rate = bounded;
			this.#observer.onRateChange(bounded, because, now);
		}
	}
}

/** Whether the path was used as it allowed, and nothing else held probes back. */
const isInUse = (round: Round): boolean => offeredRate(round) >= round.pace * IN_USE;
/** All of its probes left, and no more join it. */
const hasLeft = ({isEnded, unsent}: Round): boolean => isEnded && unsent === 0;
