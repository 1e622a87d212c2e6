import type {PortState} from '@halfopen/model';

/** Canaries of one host that can be told apart while they are on their way. */
export const CANARY_ATTEMPTS = 16;

/** Ports that are asked again in turn; more would not tell more. */
const MOST_PORTS = 8;

/**
 * Ports of a host that answered, to be asked again when it must be known whether the way is open. They are in the state that
 * most answers told: open ports say nothing of closed ones whose RSTs are limited.
 */
export class CanaryPorts {
	readonly #byState = new Map<PortState, {answers: number; readonly portIndices: number[]}>();
	#portIndices: readonly number[] = [];
	#mostAnswers = 0;
	#count = 0;

	get isEmpty(): boolean {
		return this.#portIndices.length === 0;
	}

	/** A port answered, and that told its state. */
	add(portIndex: number, state: PortState): void {
		const alike = this.#byState.get(state) ?? {answers: 0, portIndices: []};
		this.#byState.set(state, alike);
		alike.answers++;
		if (alike.portIndices.length < MOST_PORTS) {
			alike.portIndices.push(portIndex);
		}

		if (alike.answers > this.#mostAnswers) {
			this.#mostAnswers = alike.answers;
			this.#portIndices = alike.portIndices;
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
