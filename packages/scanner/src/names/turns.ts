/** Lets so many tasks run at the same time, and the others wait for their turn. */
export class Turns {
	#free: number;
	readonly #waiting: (() => void)[] = [];

	constructor(count: number) {
		this.#free = count;
	}

	/** Runs a task as soon as it is its turn. */
	async run<Result>(task: () => Promise<Result>): Promise<Result> {
		if (this.#free > 0) {
			this.#free--;
		} else {
			await new Promise<void>(resolve => {
				this.#waiting.push(resolve);
			});
		}

		try {
			return await task();
		} finally {
			this.#pass();
		}
	}

	/** The turn goes to whoever waits longest. */
	#pass(): void {
		const next = this.#waiting.shift();
		if (next === undefined) {
			this.#free++;
		} else {
			next();
		}
	}
}
