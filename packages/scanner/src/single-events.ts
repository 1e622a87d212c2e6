/**
 * The elements of batches, one at a time. Written by hand rather than as an async generator, whose every element costs
 * three turns of the microtask queue: a scan may have a million events a second.
 */
export const singly = <Element>(
	batches: AsyncGenerator<readonly Element[], void, undefined>,
): AsyncIterableIterator<Element, void, undefined> => new SingleElements(batches);

type Result<Element> = IteratorResult<Element, void>;

class SingleElements<Element> implements AsyncIterableIterator<Element, void, undefined> {
	readonly #batches: AsyncGenerator<readonly Element[], void, undefined>;
	#batch: readonly Element[] = [];
	#index = 0;
	/** Calls of `next` that wait for a batch, and the last of them. */
	#waiting = 0;
	#last: Promise<unknown> = Promise.resolve();

	constructor(batches: AsyncGenerator<readonly Element[], void, undefined>) {
		this.#batches = batches;
	}

	[Symbol.asyncIterator](): this {
		return this;
	}

	next(): Promise<Result<Element>> {
		return this.#waiting === 0 && this.#index < this.#batch.length
			? Promise.resolve({done: false, value: this.#batch[this.#index++]})
			: this.#nextInTurn();
	}

	async return(): Promise<Result<Element>> {
		this.#batch = [];
		this.#index = 0;
		await this.#batches.return();
		return {done: true, value: undefined};
	}

	/** Calls that come before the last was answered are answered in order. */
	async #nextInTurn(): Promise<Result<Element>> {
		this.#waiting++;
		const before = this.#last;
		const result = this.#nextAfter(before);
		this.#last = result.catch(() => {});
		try {
			return await result;
		} finally {
			this.#waiting--;
		}
	}

	async #nextAfter(before: Promise<unknown>): Promise<Result<Element>> {
		await before;
		while (this.#index >= this.#batch.length) {
			const {done, value} = await this.#batches.next();
			if (done === true) {
				return {done: true, value: undefined};
			}

			this.#batch = value;
			this.#index = 0;
		}

		return {done: false, value: this.#batch[this.#index++]};
	}
}
