/** Canaries of one host that can be told apart while they are on their way. */
export const CANARY_ATTEMPTS = 16;

/** Ports that are asked again in turn; more would not tell more. */
const MOST_PORTS = 8;

/** Ports of a host that answered, to be asked again when it must be known whether the way is open. */
export class CanaryPorts {
	readonly #portIndices: number[] = [];
	#count = 0;

	get isEmpty(): boolean {
		return this.#portIndices.length === 0;
	}

	add(portIndex: number): void {
		if (this.#portIndices.length < MOST_PORTS) {
			this.#portIndices.push(portIndex);
		}
	}

	/** The port of the next canary, and which of `CANARY_ATTEMPTS` it is. */
	next(): {readonly portIndex: number; readonly canary: number} {
		const count = this.#count++;
		return {
			portIndex: this.#portIndices[count % this.#portIndices.length],
			canary: count % CANARY_ATTEMPTS,
		};
	}
}
