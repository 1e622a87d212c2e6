import type {Random} from './random.ts';
import type {LossBursts} from './simulated-network.ts';

/** Decides which packets of one direction are lost: each by its own chance, and all in a burst. */
export class Loss {
	readonly #chance: number;
	readonly #bursts: LossBursts | undefined;
	readonly #random: Random;
	#isInBurst = false;

	constructor(chance: number, bursts: LossBursts | undefined, random: Random) {
		this.#chance = chance;
		this.#bursts = bursts;
		this.#random = random;
	}

	/** Whether the next packet is lost. */
	strikes(): boolean {
		return this.#strikesInBurst() || this.#random.chance(this.#chance);
	}

	#strikesInBurst(): boolean {
		if (this.#bursts === undefined) {
			return false;
		}

		const isLost = this.#isInBurst || this.#random.chance(this.#bursts.begin);
		this.#isInBurst = isLost && !this.#random.chance(this.#bursts.end);
		return isLost;
	}
}
