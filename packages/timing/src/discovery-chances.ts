import {AnswerRatio, answersVariance} from './answer-ratio.ts';
import type {Expectation} from './expectation.ts';
import {lossAfter, type LossEstimate} from './loss-estimate.ts';
import type {Outcome} from './rate-trial.ts';
import {type AnswerCounts, offeredRate, type ProbeKind, type Round} from './round.ts';

/** Where more than this share of hosts is up, first probes show whether the way is open. */
const CANARY_RATIO = 0.1;

/**
 * What canaries are expected to lose before rates can be compared is as sure as if so many were sent: loss of 20 % is no
 * reason to go slower, that of half of them is.
 */
const USUAL_PROBES = 100;

/** More is not taken for what is lost at any rate, unless lower rates did not help. */
const MOST_USUAL_LOSS = 0.5;

/** How surely probes that look for hosts are answered when nothing is in the way. */
export class DiscoveryChances {
	readonly #lossAtBest: () => LossEstimate['standard'];
	readonly #ofPorts: () => Outcome;
	readonly #ratio = new AnswerRatio();
	/** Heavy loss did not go away at a lower rate. */
	#isUsedToLoss = false;

	/** `lossAtBest` is what single probes lost at the best rate, `ofPorts` what became of probes of ports so far. */
	constructor(lossAtBest: () => LossEstimate['standard'], ofPorts: () => Outcome) {
		this.#lossAtBest = lossAtBest;
		this.#ofPorts = ofPorts;
	}

	/** The chance of a probe of this kind; `undefined` where that is not known. */
	of(kind: ProbeKind): number | undefined {
		if (kind === 'canary') {
			return 1 - (this.#standard?.loss ?? lossAfter(this.#ofPorts()));
		}

		return kind === 'fresh' ? this.#ratio.value : undefined;
	}

	/** Whether the fate of such a probe shows if the way is open. */
	isWitness(kind: ProbeKind): boolean {
		return kind === 'canary' || (kind === 'fresh' && !this.isSparse);
	}

	/** Few hosts answer, as far as is known. */
	get isSparse(): boolean {
		return (this.#ratio.value ?? 0) <= CANARY_RATIO;
	}

	/** So much was lost at every rate so far that the rate may be to blame. */
	get isInDoubt(): boolean {
		return this.#lossAtBest() !== undefined && this.#standard === undefined;
	}

	/** How many answers there should be to so many probes. */
	expectationOf({fresh, freshAnswered, canaries, canariesAnswered}: AnswerCounts): Expectation {
		const chance = this.of('canary') ?? 0;
		const standard = this.#standard?.outcome ?? {
			probes: USUAL_PROBES,
			answers: USUAL_PROBES * chance,
		};
		const ratio = this.#ratio.value ?? 0;
		const ofFresh = this.#ratio.value === undefined ? 0 : this.#ratio.varianceOf(fresh, freshAnswered);
		return {
			expected: canaries * chance + fresh * ratio,
			variance: answersVariance(standard, canaries, canariesAnswered) + ofFresh,
			came: canariesAnswered + (this.#ratio.value === undefined ? 0 : freshAnswered),
		};
	}

	/** What a round shows is normal. */
	onClearRound(round: Round): void {
		this.#ratio.add(round.fresh, round.freshAnswered, offeredRate(round));
	}

	/** What a round shows does not go away at a lower rate: it is how things are now. */
	onNewNormal(round: Round): void {
		this.#isUsedToLoss = true;
		this.#ratio.restart();
		this.onClearRound(round);
	}

	/** Other first probes are compared from now on. */
	onNewSample(): void {
		this.#ratio.restart();
	}

	/** What single probes lose at any rate, once rates can be compared. */
	get #standard(): LossEstimate['standard'] {
		const standard = this.#lossAtBest();
		return standard !== undefined && standard.loss > MOST_USUAL_LOSS && !this.#isUsedToLoss
			? undefined
			: standard;
	}
}
