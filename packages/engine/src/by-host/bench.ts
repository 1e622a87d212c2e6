import type {TryHistory} from '@halfopen/timing';

/** A port that had the tries allowed so far. */
export interface BenchedPort {
	readonly portIndex: number;
	readonly history: TryHistory;
}

/** Ports that had the tries allowed so far. They are asked again if more turns out to be lost than thought. */
export class Bench {
	readonly #ports: Map<TryHistory, number[]> = new Map();

	get isEmpty(): boolean {
		return this.#ports.size === 0;
	}

	/** Chance that a port on the bench would answer had not every try been lost, on average. */
	get doubt(): number {
		let [count, sum] = [0, 0];
		for (const [history, {length}] of this.#ports) {
			count += length;
			sum += length * history.doubt;
		}

		return count === 0 ? 0 : sum / count;
	}

	add(portIndex: number, history: TryHistory): void {
		const ports = this.#ports.get(history);
		if (ports === undefined) {
			this.#ports.set(history, [portIndex]);
		} else {
			ports.push(portIndex);
		}
	}

	/** Takes the ports off whose history is one of these. */
	take(isTaken: (history: TryHistory) => boolean): BenchedPort[] {
		const taken: BenchedPort[] = [];
		for (const [history, ports] of this.#ports) {
			if (isTaken(history)) {
				this.#ports.delete(history);
				taken.push(...ports.map(portIndex => ({portIndex, history})));
			}
		}

		return taken;
	}
}
