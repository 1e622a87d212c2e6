import type {AnswerRatio} from './answer-ratio.ts';
import type {GroupTiming} from './group-timing.ts';
import type {PathModel} from './path-model.ts';
import type {ProbeKind} from './round.ts';
import {spreadEvenly} from './spread-evenly.ts';

/** Probes that tell nothing, after which a port that is known to answer is asked in between. */
export const PROBES_PER_CANARY = 24;

/** The same while it is not even known how many answers there are to be. */
const PROBES_PER_CANARY_AT_FIRST = 8;

/**
 * The same where fewer than this share of first probes is answered, until there were so many canaries: they tell a host
 * that limits its answers from one of which some ports are silent.
 */
const PROBES_PER_CANARY_IN_DOUBT = 4;
const NEARLY_ALL = 0.8;
const ENOUGH_CANARIES = 16;

/** Where more than this share of first probes is answered, these show whether the way is open. */
const CANARY_RATIO = 0.1;

/** So many canaries tell whether the way is open that all are lost with this chance at the most, up to some. */
const ALL_LOST = 0.05;
const MOST_CANARIES_TO_TELL = 4;

/** Probes to a host whose fate shows whether the way is open, and canaries for want of others. */
export class Witnesses {
	readonly #ratio: AnswerRatio;
	readonly #path: Pick<PathModel, 'isStartUp' | 'wantsEvidence'>;
	readonly #group: Pick<GroupTiming, 'hasOneHost'>;
	/** Probes since the last witness. */
	#since: number;
	#canaries = 0;

	/** `ratio` is of what the host answers. `phase` below 1 spreads over time what many hosts do alike. */
	constructor(
		ratio: AnswerRatio,
		path: Pick<PathModel, 'isStartUp' | 'wantsEvidence'>,
		group: Pick<GroupTiming, 'hasOneHost'>,
		phase: number,
	) {
		this.#ratio = ratio;
		this.#path = path;
		this.#group = group;
		this.#since = Math.floor(phase * PROBES_PER_CANARY);
	}

	/** Nothing tells whether the way is open: a port that is known to answer should be asked. */
	get wantCanary(): boolean {
		return this.probesToCanary === 0;
	}

	/** So many probes of other kinds may leave before a port that is known to answer should be asked. */
	get probesToCanary(): number {
		return Math.max(0, Math.ceil(this.#probesPerCanary * this.#spacing - this.#since));
	}

	get #probesPerCanary(): number {
		if (this.#isInDoubt) {
			return PROBES_PER_CANARY_IN_DOUBT;
		}

		return this.#path.wantsEvidence ? PROBES_PER_CANARY_AT_FIRST : PROBES_PER_CANARY;
	}

	/**
	 * Between a half and one and a half, and never the same twice: every 25th probe could be in step with a limiter that
	 * answers every fifth, and be answered each time, or never.
	 */
	get #spacing(): number {
		return 1 / 2 + spreadEvenly(this.#canaries);
	}

	/** Enough first probes are answered that they tell. */
	get areFresh(): boolean {
		return (this.#ratio.value ?? 0) > CANARY_RATIO;
	}

	/** So many probes of a kind leave. */
	onSend(kind: ProbeKind, count: number): void {
		this.#canaries += kind === 'canary' ? count : 0;
		this.#since = this.#isWitness(kind) ? 0 : this.#since + count;
	}

	#isWitness(kind: ProbeKind): boolean {
		return kind === 'canary' || (kind === 'fresh' && this.areFresh && !this.#isInDoubt);
	}

	/** Some ports do not answer: they are silent, or the host limits its answers from the first on. */
	get #isInDoubt(): boolean {
		if (!this.#group.hasOneHost || this.#canaries >= ENOUGH_CANARIES || !this.#path.isStartUp) {
			return false;
		}

		return this.areFresh && this.#ratio.value! < NEARLY_ALL;
	}
}

/** Canaries at once, of which one or more come back unless the way is closed, where so much is lost. */
export const canariesToTell = (loss: number): number =>
	Math.min(Math.ceil(Math.log(ALL_LOST) / Math.log(loss)), MOST_CANARIES_TO_TELL);
