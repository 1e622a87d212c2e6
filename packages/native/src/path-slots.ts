import {ReleasedPaths, type ProbeProducer} from '@halfopen/model';

/**
 * Numbers for paths. One that was given back is given out again only when no probe that names it can be left in the
 * ring, because the sender thread may be reading its path until then.
 */
export class PathSlots {
	readonly #released: ReleasedPaths;
	readonly #free: number[] = [];
	#next = 0;

	/** `clear` is called with each number that may be used again. */
	constructor(probes: ProbeProducer, clear: (id: number) => void) {
		this.#released = new ReleasedPaths(probes, id => {
			clear(id);
			this.#free.push(id);
		});
	}

	take(): number {
		this.#released.collect();
		return this.#free.pop() ?? this.#next++;
	}

	giveBack(id: number): void {
		this.#released.add(id);
	}
}
