/** Ports as ranges, as in `1-21,23,8000-8100`. */
export class PortRanges {
	/** First and last of each. */
	readonly #bounds: Uint16Array;

	private constructor(bounds: Uint16Array) {
		this.#bounds = bounds;
	}

	/** `undefined` when the text is no list of ports and ranges. */
	static parse(text: string): PortRanges | undefined {
		const bounds: number[] = [];
		for (const part of text === '' ? [] : text.split(',')) {
			const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part) ?? [];
			if (first === undefined || Number(last) > 65_535 || Number(first) > Number(last)) {
				return undefined;
			}

			bounds.push(Number(first), Number(last));
		}

		return new PortRanges(Uint16Array.from(bounds));
	}

	has(port: number): boolean {
		for (let index = 0; index < this.#bounds.length; index += 2) {
			if (port >= this.#bounds[index] && port <= this.#bounds[index + 1]) {
				return true;
			}
		}

		return false;
	}

	*[Symbol.iterator](): Generator<number, void, undefined> {
		for (let index = 0; index < this.#bounds.length; index += 2) {
			for (let port = this.#bounds[index]; port <= this.#bounds[index + 1]; port++) {
				yield port;
			}
		}
	}
}
