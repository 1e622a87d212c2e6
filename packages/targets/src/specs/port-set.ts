/** A set of ports, as one byte for each port there is: quick to fill with all of them, and ascending by itself. */
export class PortSet {
	readonly #has = new Uint8Array(65_536);
	#size = 0;

	get size(): number {
		return this.#size;
	}

	has(port: number): boolean {
		return this.#has[port] === 1;
	}

	add(port: number): void {
		this.#size += 1 - this.#has[port];
		this.#has[port] = 1;
	}

	/** The ports, ascending. */
	toArray(): Uint16Array {
		const ports = new Uint16Array(this.#size);
		let count = 0;
		for (let port = 0; count < ports.length; port++) {
			if (this.#has[port] === 1) {
				ports[count++] = port;
			}
		}

		return ports;
	}
}
