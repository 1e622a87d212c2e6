import type {ProbeMark, ProbeProducer} from '@halfopen/model';

/**
 * Numbers for paths. One that was given back is given out again only when no probe that names it can be left in the
 * ring, because the sender thread may be reading its path until then.
 */
export class PathSlots {
	readonly #probes: ProbeProducer;
	readonly #clear: (id: number) => void;
	/** Given back, oldest first; each with the probes that must be finished before its reuse. */
	readonly #resting: {readonly id: number; readonly until: ProbeMark}[] = [];
	readonly #free: number[] = [];
	#next = 0;

	/** `clear` is called with each number that may be used again. */
	constructor(probes: ProbeProducer, clear: (id: number) => void) {
		this.#probes = probes;
		this.#clear = clear;
	}

	take(): number {
		this.#collect();
		return this.#free.pop() ?? this.#next++;
	}

	giveBack(id: number): void {
		this.#resting.push({id, until: this.#probes.mark()});
		this.#collect();
	}

	#collect(): void {
		while (this.#resting.length > 0 && this.#probes.isDoneWith(this.#resting[0].until)) {
			const {id} = this.#resting.shift()!;
			this.#clear(id);
			this.#free.push(id);
		}
	}
}
