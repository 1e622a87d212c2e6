/** Names that were found, or that there is none: the last so many addresses. */
export class KnownNames {
	readonly #names = new Map<string, string | undefined>();
	readonly #most: number;

	constructor(most: number) {
		this.#most = most;
	}

	has(address: string): boolean {
		return this.#names.has(address);
	}

	get(address: string): string | undefined {
		return this.#names.get(address);
	}

	set(address: string, name: string | undefined): void {
		this.#names.set(address, name);
		if (this.#names.size > this.#most) {
			const [oldest] = this.#names.keys();
			this.#names.delete(oldest);
		}
	}
}
