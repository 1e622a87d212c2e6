/** Probes whose answers are counted before the ratio means something. */
const LEAST_PROBES = 8;

/**
 * Which share of first probes a host answers when nothing is in the way: its mix of answering and silent ports. Ports
 * are asked in random order, so the share stays the same throughout, and a fall below it is loss.
 */
export class AnswerRatio {
	#probes = 0;
	#answers = 0;

	/** Between 0 and 1; `undefined` while too little is known. */
	get value(): number | undefined {
		return this.#probes < LEAST_PROBES ? undefined : this.#answers / this.#probes;
	}

	add(probes: number, answers: number): void {
		this.#probes += probes;
		this.#answers += answers;
	}

	/** Forgets, because the host behaves differently now. */
	restart(): void {
		this.#probes = 0;
		this.#answers = 0;
	}
}
