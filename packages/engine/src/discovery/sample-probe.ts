/** Answers by which another probe leads before it takes the place. */
const LEAD = 8;

/**
 * Which probe of a try stands for hosts, where they are asked in random order: the share of them that answers it shows
 * whether the way is open. The first of a try, until another one is what most hosts answer first.
 */
export class SampleProbe {
	readonly #answers: Uint32Array;
	#place = 0;

	/** `probes` are those of a try. */
	constructor(probes: number) {
		this.#answers = new Uint32Array(probes);
	}

	/** Its place among the probes of a try. */
	get place(): number {
		return this.#place;
	}

	/** A host answered the probe at this place first. True when that is the sample from now on. */
	onAnswer(place: number): boolean {
		this.#answers[place]++;
		if (this.#answers[place] <= this.#answers[this.#place] + LEAD) {
			return false;
		}

		this.#place = place;
		return true;
	}
}
