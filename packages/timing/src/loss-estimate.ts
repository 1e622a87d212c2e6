import type {Micros} from '@halfopen/model';
import {LossSpan, PRIOR_TRIES} from './loss-span.ts';
import type {Outcome} from './rate-trial.ts';
import {YoungTries} from './young-tries.ts';

/** The same for a span at another rate than the first: what was lost at other rates says less of it. */
const PRIOR_TRIES_LATER = 6;

/** Loss taken for granted before anything was measured. */
const DEFAULT_LOSS = 0.01;

/** Tries that say something of a span, that compare it with a better one, and that ask for a reason. */
const FEW_TRIES = 8;
const ENOUGH_TRIES = 24;
const MANY_TRIES = 48;

/** More is lost than in the best span, by this share of what comes through and beyond chance. */
const CLEAR_SHARE = 0.05;
const CLEAR_DEVIATIONS = 2.5;

/** Loss that a better span does not explain: little less, this share of it, was lost there. */
const UNEXPLAINED_SHARE = 0.6;

/** Such loss above which it is tried whether the rate is to blame; above what was found to be random, by a margin. */
const SUSPICIOUS_LOSS = 0.25;
const LOSS_MARGIN = 0.15;

/** The loss to be taken for granted where so much was seen of the same way: few tries change little. */
export const lossAfter = ({probes, answers}: Outcome): number =>
	(probes - answers + PRIOR_TRIES * DEFAULT_LOSS) / (probes + PRIOR_TRIES);

/**
 * The chance that a try to a port that would answer goes unanswered, whichever way was lost. An answer to one try means
 * that the tries before it were lost: the maximum-likelihood estimate for a geometric distribution, with a prior that
 * weighs as much as a few tries. Each try counts in the span of time in which it was sent, and a span ends when the rate
 * changes: so what the rate costs is told from what is lost at any rate, whichever ports answer.
 *
 * An answer comes within a round trip, and the loss of a try sent with it is known after a timeout and the answer to the next
 * try. So an answered try is young at first: it counts as a try, but not yet for the chance. Otherwise a span that began just now would
 * seem to lose nothing, and with it the last tries of a scan.
 */
export class LossEstimate {
	/** The whole scan. */
	readonly all: LossSpan;
	readonly #prior: () => number;
	readonly #leastOfOthers: () => number;
	readonly #young: YoungTries;
	#current: LossSpan;
	/** The one with the least loss of those that ended. */
	#least: LossSpan;
	#accepted = SUSPICIOUS_LOSS;

	/** What others saw on the same way, on the whole and when least was lost, by default next to nothing; and what it weighs. */
	constructor(
		prior: () => number = () => DEFAULT_LOSS,
		leastOfOthers: () => number = prior,
		priorTries: () => number = () => PRIOR_TRIES,
	) {
		this.#leastOfOthers = leastOfOthers;
		this.all = new LossSpan(prior, priorTries);
		this.#young = new YoungTries(this.all);
		this.#prior = () => this.all.value;
		this.#current = new LossSpan(prior, priorTries);
		this.#least = this.#current;
	}

	/** The span that tries sent now belong to. */
	get current(): LossSpan {
		return this.#current;
	}

	/** Over the whole scan. */
	get value(): number {
		return this.all.value;
	}

	/** All tries, and those that were not lost. */
	get outcome(): Outcome {
		return this.all.outcome;
	}

	/** The same, what was seen alone. */
	get measured(): number | undefined {
		return this.all.measured;
	}

	/** In the span in which least was lost: what is lost at any rate. */
	get least(): number {
		const known = [this.#least, this.#current].filter(({tries}) => tries >= FEW_TRIES);
		const prior = this.#leastOfOthers();
		return known.length === 0
			? prior
			: Math.min(...known.map(({tries, lost}) => (lost + PRIOR_TRIES * prior) / (tries + PRIOR_TRIES)));
	}

	/**
	 * The span in which least was lost, and its loss as far as it can be told from that of all. There is none while there was one
	 * span only: what it lost is no standard for itself.
	 */
	get standard(): {readonly loss: number; readonly outcome: Outcome} | undefined {
		const [ended, now] = [this.#least, this.#current];
		if (ended === now || ended.tries < FEW_TRIES) {
			return undefined;
		}

		const {lost, tries, outcome} = now.tries >= FEW_TRIES && plainLoss(now) < plainLoss(ended) ? now : ended;
		return {loss: (lost + PRIOR_TRIES * this.value) / (tries + PRIOR_TRIES), outcome};
	}

	/** Loss of the present span that no other span and no trial explains; 0 while too little is known. */
	get suspicious(): number {
		const {tries, measured = 0} = this.#current;
		const isMuch = tries >= MANY_TRIES && measured > this.#accepted;
		return isMuch && this.least > measured * UNEXPLAINED_SHARE ? measured : 0;
	}

	/** Loss that is taken to be random. */
	get accepted(): number {
		return this.#accepted;
	}

	/** A lower rate lost no less: what is lost is random. */
	accept(): void {
		this.#accepted = (this.measured ?? 0) + LOSS_MARGIN;
	}

	/** Share of what came through in the best span that comes through now; 1 unless it is clearly less. */
	get delivered(): number {
		const [now, best] = [this.#current, this.#least];
		if (best === now || now.tries < ENOUGH_TRIES || best.tries < FEW_TRIES) {
			return 1;
		}

		const [loss, least] = [now.lost / now.tries, plainLoss(best)];
		const pooled = (now.lost + best.lost + 1) / (now.tries + best.tries + 2);
		const variance = pooled * (1 - pooled) * now.tries * (1 + now.tries / best.tries);
		const isClear = now.lost - least * now.tries > CLEAR_DEVIATIONS * Math.sqrt(variance + 1);
		const delivered = (1 - loss) / (1 - least);
		return isClear && delivered < 1 - CLEAR_SHARE ? delivered : 1;
	}

	/** A new span begins: the rate is another one. `prior` is what others see in it, and weighs as much as so many tries. */
	restart(prior: () => number = this.#prior, priorTries: number = PRIOR_TRIES_LATER): void {
		const [now, best] = [this.#current, this.#least];
		if (best.tries < FEW_TRIES || (now.tries >= FEW_TRIES && plainLoss(now) < plainLoss(best))) {
			this.#least = now;
		}

		this.#current = new LossSpan(prior, () => priorTries);
	}

	/** A try to a port that does answer was lost, or was not and is old enough to count; in this span, if that is known. */
	add(span: LossSpan | undefined, isLost: boolean): void {
		span?.add(isLost);
		this.all.add(isLost);
	}

	/** A try that left then was answered. It is young until `onGrownOld`. */
	addYoung(span: LossSpan | undefined, sentAt: Micros): void {
		this.add(span, false);
		this.#young.add(sentAt, span);
	}

	/** What was lost of the tries that were sent by then is known. */
	onGrownOld(sentUntil: number): void {
		this.#young.takeSentBy(sentUntil);
	}

	/** A try of this span that counted as lost was not. */
	takeBack(span: LossSpan): void {
		span.takeBack();
		this.all.takeBack();
	}
}

/** By Laplace's rule of succession. */
const plainLoss = ({tries, lost}: LossSpan): number => (lost + 1) / (tries + 2);
