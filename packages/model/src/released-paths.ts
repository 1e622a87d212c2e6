import type {ProbeMark, ProbeProducer} from './probe-ring.ts';

/** Paths that were given back, each until no probe that names it can be left in the ring: until then it is in use. */
export class ReleasedPaths {
	readonly #probes: ProbeProducer;
	readonly #forget: (id: number) => void;
	/** Oldest first; each with the probes that come before its end. */
	readonly #resting: {readonly id: number; readonly until: ProbeMark}[] = [];

	/** `forget` is called with each that is no longer in use. */
	constructor(probes: ProbeProducer, forget: (id: number) => void) {
		this.#probes = probes;
		this.#forget = forget;
	}

	add(id: number): void {
		this.#resting.push({id, until: this.#probes.mark()});
		this.collect();
	}

	/** Forgets those whose probes have left. */
	collect(): void {
		while (this.#resting.length > 0 && this.#probes.isDoneWith(this.#resting[0].until)) {
			this.#forget(this.#resting.shift()!.id);
		}
	}
}
