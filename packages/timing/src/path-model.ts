import {type Micros, SECOND} from '@halfopen/model';
import {AnswerMeter} from './answer-meter.ts';
import {ClosedWay} from './closed-way.ts';
import type {Expectation} from './expectation.ts';
import {AFTER_CONGESTION, Cruise} from './cruise.ts';
import {areCanariesMissing, judgeRound, type RoundVerdict} from './judge-round.ts';
import {MistakenCut} from './mistaken-cut.ts';
import {OpenRounds} from './open-rounds.ts';
import type {PathObserver, RateLimits} from './path-observer.ts';
import type {RateChange} from './rate-change.ts';
import {RateTrial, type TrialResult} from './rate-trial.ts';
import {Relief} from './relief.ts';
import {
	addCounts,
	type AnsweredProbe,
	type AnswerTimes,
	forgetProbe,
	noCounts,
	noteAnswer,
	noteProbes,
	noteSent,
	offeredRate,
	type ProbeKind,
	type Round,
} from './round.ts';
import {nextRate, type StartUp} from './start-up.ts';

/** Expected answers after which counting begins anew: what is long past says little. */
const MOST_COUNTED = 1000;

const ENOUGH_TO_GROW = 0.8; // Of the answers expected; fewer may be chance, but are no reason to go faster
const AS_GOOD = 0.95; // The same at a rate that shows, as lower ones do, how many there are
const DRAIN_GAIN = 0.75; // Of the delivery rate, until the queue is gone

/** No round, and no doubt, lowers the rate to less than this part of it at once. */
const DEEPEST_CUT = 1 / 4;

/** A path of which less than this part is used is held back by something else, and shows nothing of itself. */
const IN_USE = 0.6;

/** Answers at the present rate that let it grow while it is not known how many were to be expected. */
const ANSWERS_TO_GROW = 6;

/** Answers in a round that make their rate a measure. */
const LEAST_ANSWERS = 4;

/** How often the rate doubles while nothing answers. */
const BLIND_DOUBLING = SECOND;
const BLIND_GAIN = 2;

/**
 * How fast a path takes probes, learned round by round in the manner of BBR (draft-ietf-ccwg-bbr §4): doubling at
 * first, then at the delivery rate that the path showed when it was overrun, and now and then a little above, to see
 * whether there is more. A rate is lowered only by what the rate itself causes, growing queues and loss beyond the
 * usual, never by loss that comes at any rate.
 */
export class PathModel {
	readonly #limits: RateLimits;
	readonly #observer: PathObserver;
	readonly #rounds: OpenRounds;
	#rate: number;
	#isStartUp = true;
	#answers = 0;
	#cutAt = -Infinity;
	#blindSince: Micros;
	/** Rate to go back to once a queue is drained; 0 when none is being drained. */
	#rateAfterDrain = 0;
	readonly #mistakenCut = new MistakenCut();
	readonly #relief = new Relief();
	readonly #way = new ClosedWay();
	readonly #trial = new RateTrial();
	readonly #meter = new AnswerMeter();
	readonly #cruise: Cruise;
	#rateBeforeTrial = 0;
	#leastRate: number;
	/** Since when there is the present rate. */
	#rateSince = -Infinity;
	/** Of all rounds at the present rate: what is too little to be told from one shows in many. */
	#counts = noCounts();
	/** Some round had enough answers to expect; before that, any answer is good news. */
	#wasInformed = false;
	#updatedAt: number = Number.NaN;

	constructor(limits: RateLimits, observer: PathObserver, now: Micros) {
		this.#limits = limits;
		this.#leastRate = limits.leastRate;
		this.#observer = observer;
		this.#cruise = new Cruise(observer);
		this.#rounds = new OpenRounds(() => observer.rtt()?.least);
		this.#rate = limits.initialRate;
		this.#blindSince = now;
	}

	/** Probes per second. */
	get rate(): number {
		return Math.min(this.#rate, this.#limits.ceiling.maxRate);
	}

	/** Whether the rate was cut since then, and could be cut further. */
	hasCutSince(time: Micros): boolean {
		return this.#cutAt >= time && this.#rate > this.#leastRate;
	}

	/** A lower rate is being tried, or the way may be closed: only probes that tell are of use. */
	get isOnTrial(): boolean {
		return this.#trial.isRunning || (this.#way.isInDoubt && this.#observer.mayTry());
	}

	/** Of these, only canaries. */
	get needsCanaries(): boolean {
		return this.#trial.needsCanaries;
	}

	/** It still doubles, not having met a limit. */
	get isStartUp(): boolean {
		return this.#isStartUp;
	}

	/** It grows, and too few answers are expected to tell whether it may. */
	get wantsEvidence(): boolean {
		return this.#isStartUp && !this.#wasInformed;
	}

	/** Whether nothing ever answered, or nothing does any more. */
	get isBlind(): boolean {
		return this.#answers === 0 || this.#way.isClosed;
	}

	/** The number of the round that probes join which leave now. */
	roundAt(now: Micros): number {
		return this.#roundOf(now).number;
	}

	/** Probes leave, each of whose answers is expected with this chance, if that is known. Returns the number of their round. */
	onSend(kind: ProbeKind, chance: number | undefined, now: Micros, count = 1): number {
		const round = this.#roundOf(now);
		noteProbes(round, count, kind, chance);
		return round.number;
	}

	/** So many probes of the round left between two times. */
	onSent(roundNumber: number, from: Micros, count = 1, until: Micros = from): void {
		const round = this.#rounds.find(roundNumber);
		if (round !== undefined) {
			noteSent(round, count, from, until);
			this.#updatedAt = Number.NaN;
		}
	}

	/** An answer came; `roundNumber` is `undefined` when its probe is not known any more. For `excess` see `noteAnswer`. */
	onAnswer(roundNumber: number | undefined, probe: AnsweredProbe, times: AnswerTimes, excess: Micros): void {
		const {receivedAt} = times;
		this.#answers++;
		this.#meter.add(receivedAt);
		this.#way.onAnswer(receivedAt);
		this.#updatedAt = Number.NaN;
		const round = this.#rounds.find(roundNumber);
		if (round !== undefined) {
			noteAnswer(round, probe, times, excess);
		} else if (roundNumber !== undefined && probe.chance !== undefined) {
			this.#onLateAnswer(roundNumber, receivedAt);
		}
	}

	/** Nobody waits for the answer to a probe any more. */
	onForget(roundNumber: number, kind: ProbeKind, chance: number | undefined): void {
		const round = this.#rounds.find(roundNumber);
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
		this.#rounds.endIfDue(now);
		if (this.#rounds.hasLeft) {
			this.#judgeRounds(now);
		}

		this.#growBlindly(now);
	}

	#roundOf(now: Micros): Round {
		return this.#rounds.openAt(now) ?? this.#rounds.begin(now, this.rate);
	}

	#judgeRounds(now: Micros): void {
		const answeredUntil = this.#observer.seenUntil(now) - this.#observer.patience();
		for (;;) {
			const round = this.#rounds.takeLeftBy(answeredUntil);
			if (round === undefined) {
				break;
			}

			this.#judge(round, now);
		}
	}

	#judge(round: Round, now: Micros): void {
		if (this.#observer.wasInterrupted(round.leftFrom)) {
			this.#meter.restart();
			return;
		}

		this.#observer.onRound?.(round);
		if (this.#way.isClosed) {
			return;
		}

		this.#cruise.add(round);
		if (this.#trial.isRunning && round.startedAt < this.#cutAt) {
			this.#trial.addBefore(round);
			return; // What this could change is on trial already
		}

		if (round.startedAt < this.#cutAt && round.leftUntil > this.#cutAt) {
			return; // Sent at two rates: tells of neither
		}

		addCounts(this.#counts, round);
		if (round.startedAt >= this.#rateSince) {
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
			if (verdict.isInformed) {
				this.#mistakenCut.forget();
				if (verdict.answered >= ENOUGH_TO_GROW) {
					this.#relief.end();
				}
			}

			if (this.#isOnTrial(round, verdict, now) || this.#isOverrun(round, verdict, now)) {
				return;
			}
		}

		const isGood = verdict.isInformed
			? verdict.answered >= ENOUGH_TO_GROW
			: !this.#wasInformed && !this.#isSparse && this.#counts.answers >= ANSWERS_TO_GROW;
		if (round.answers > 0 && isGood) {
			this.#grow(round, expectation, now);
		}
	}

	/** Tries whether loss is due to the rate. True while the trial decides the rate. */
	#isOnTrial(round: Round, verdict: RoundVerdict, now: Micros): boolean {
		if (this.#trial.isRunning) {
			const result = this.#trial.end();
			if (result !== undefined) {
				this.#onTrialEnd(result, now);
			}

			return true;
		}

		const mayDoubt = this.#isStartUp && this.#observer.isAlone();
		const isInDoubt = mayDoubt && (verdict.isDoubtful || this.#missesCanaries);
		return (isInDoubt || this.#observer.suspectsRate()) && this.#beginTrial(round, now);
	}

	/** Ports that are known to answer do not, which tells by itself, whatever share of the others is silent. */
	get #missesCanaries(): boolean {
		return areCanariesMissing(this.#observer.expectation({...this.#counts, fresh: 0, freshAnswered: 0}));
	}

	#beginTrial(round: Round, now: Micros): boolean {
		if (!isInUse(round) || !this.#observer.mayTry()) {
			return false;
		}

		const wasOnTrial = this.#trial.isRunning;
		if (wasOnTrial && this.#counts.answers === 0) {
			return false; // The way may be closed, which no rate changes
		}

		const throughput = this.#cruise.throughputAt(this.#rate);
		const rate = this.#trial.begin({
			rate: Math.min(this.#rate, offeredRate(round)),
			answerRate: throughput?.answerRate ?? this.#answersPerSecond(round, now),
			isMeasured: throughput !== undefined,
			isAlone: this.#observer.isAlone(),
			tries: this.#observer.tries(),
			freshPending: this.#rounds.fresh,
		});
		if (rate === undefined) {
			return false;
		}

		this.#rateBeforeTrial = wasOnTrial ? this.#rateBeforeTrial : this.#rate;
		this.#rounds.end();
		this.#cruise.onTrial();
		this.#setRate(rate, 'trial', now);
		this.#cutAt = now;
		return true;
	}

	/** The lower of two measures: the first answers of a host may have come in a burst. */
	#answersPerSecond(round: Round, now: Micros): number {
		const ofRound = (offeredRate(round) * round.answers) / round.sent;
		const ofLate = this.#meter.leastRate(now);
		return round.answers >= LEAST_ANSWERS ? Math.min(ofLate, ofRound) : ofLate;
	}

	#onTrialEnd({isRateToBlame, isClear, limit}: TrialResult, now: Micros): void {
		if (isRateToBlame) {
			const {leastRate, leastMeasured = leastRate} = this.#limits;
			this.#leastRate = Math.min(this.#leastRate, Math.max(limit * DEEPEST_CUT, leastMeasured));
			this.#isStartUp = false;
			this.#observer.onLimit?.();
			if (isClear) {
				this.#observer.onClearLimit?.(this.#counts, this.#rate);
			}

			this.#cruise.onLimitFound(limit, this.#observer.isAlone());
		} else {
			this.#cruise.forget();
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

		const answered = this.#cruise.isOverrun(verdict) ? verdict.answered : 1;
		const delivered = Math.min(answered, this.#observer.delivered());
		if (delivered === 1) {
			return false;
		}

		if (this.#noteSilence(verdict, now)) {
			return true;
		}

		const limit = this.#cruise.onOverrun(this.#rate, delivered);
		this.#setRate(this.#atLeast(limit, now), 'loss', now);
		this.#cutAt = now;
		return true;
	}

	#grow(round: Round, expectation: Expectation, now: Micros): void {
		if (this.#isStartUp) {
			this.#setRate(nextRate(round, this.#startUp), 'start-up', now);
		} else if (this.#rateAfterDrain > 0) {
			this.#setRate(this.#rateAfterDrain, 'drained', now);
			this.#rateAfterDrain = 0;
		} else if (round.startedAt >= this.#cutAt) {
			this.#probeUpwards(expectation, now);
		}
	}

	get #startUp(): StartUp {
		return {
			rate: this.#rate,
			wasInformed: this.#wasInformed,
			isOnlyHost: this.#observer.isOnlyHost(),
			isAlone: this.#observer.isAlone(),
			answerRate: this.#meter.latestRate,
		};
	}

	#probeUpwards(expectation: Expectation, now: Micros): void {
		const {sent, answers} = this.#counts;
		const {rate, limit} = this.#cruise.next(this.#rate, {...expectation, sent, answers});
		if (rate < this.#rate) {
			this.#setRate(Math.min(rate, this.#atLeast(limit, now)), 'loss', now);
			this.#cutAt = now;
		} else if (rate > this.#rate) {
			if (expectation.came >= AS_GOOD * expectation.expected) {
				this.#observer.onGoodRate?.(this.#counts, this.#rate);
			}

			this.#setRate(rate, 'probing', now);
		}
	}

	/** An answer that was given up for lost came after all. If many do, the rate was cut by mistake. */
	#onLateAnswer(roundNumber: number, now: Micros): void {
		const before = this.#mistakenCut.onLateAnswer(roundNumber);
		if (before !== undefined) {
			this.#isStartUp = before.isStartUp;
			this.#cruise.forget();
			this.#trial.cancel();
			this.#relief.end();
			this.#setRate(Math.max(this.#rate, before.rate), 'late answers', now);
		}
	}

	#onCongested(round: Round, verdict: RoundVerdict, now: Micros): void {
		if (round.startedAt >= this.#cutAt && this.#noteSilence(verdict, now)) {
			return;
		}

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
		const {rateBefore} = this.#relief;
		this.#observer.onNewNormal(round);
		this.#forgetLimits();
		this.#setRate(Math.max(this.#rate, rateBefore), 'no relief', now);
	}

	/** Notes that nothing came back. True when nothing does at any rate: then it goes on as before the first answer. */
	#noteSilence({isInformed}: RoundVerdict, now: Micros): boolean {
		if (!isInformed || this.#counts.answers > 0) {
			return false;
		}

		const {expected} = this.#observer.expectation(this.#counts);
		this.#counts = noCounts();
		if (!this.#way.onSilence(expected, now)) {
			return false;
		}

		this.#forgetLimits();
		this.#isStartUp = true;
		this.#blindSince = now;
		this.#setRate(Math.max(this.#rate, this.#limits.initialRate), 'no relief', now);
		return true;
	}

	#forgetLimits(): void {
		this.#cruise.forget();
		this.#trial.cancel();
		this.#relief.end();
		this.#rateAfterDrain = 0;
	}

	#cut(rate: number, because: RateChange, now: Micros): void {
		this.#trial.cancel();
		this.#cruise.onCongestion(this.#rate);
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

		this.#setRate(Math.min(this.#rate * BLIND_GAIN, this.#limits.blindRate), 'blind growth', now);
		this.#blindSince = now;
	}

	get #isSparse(): boolean {
		return this.#observer.isSparse?.() ?? false;
	}

	#setRate(rate: number, because: RateChange, now: Micros): void {
		const {leastRate, leastMeasured = leastRate} = this.#limits;
		const least = because === 'trial' ? leastMeasured : this.#leastRate;
		const bounded = Math.min(Math.max(rate, least), this.#limits.ceiling.maxRate);
		if (bounded !== this.#rate) {
			this.#trial.reset();
			this.#counts = noCounts();
			this.#rate = bounded;
			this.#rateSince = now;
			this.#observer.onRateChange(bounded, because, now);
		}
	}
}

/** Whether the path was used as it allowed, and nothing else held probes back. */
const isInUse = (round: Round): boolean => offeredRate(round) >= round.pace * IN_USE;
