import type {Micros} from '@halfopen/model';
import {expectedMissed, isSilenceProven} from './confidence.ts';
import type {DiscoveryLoss} from './discovery-loss.ts';
import type {TimingParameters} from './parameters.ts';
import type {TryHistory} from './try-history.ts';

/** Tries of a host that are told apart, whatever `maxRetries` says. */
export const DISCOVERY_TRIES = 16;

/** What the silence of hosts means: how many tries it takes until they are called down. */
export class DiscoverySilence {
	readonly #loss: DiscoveryLoss;
	readonly #parameters: Pick<TimingParameters, 'confidence' | 'maxRetries'>;
	readonly #hosts: number;
	#begun = 0;

	/** `hosts` is the number of those that are going to be asked. */
	constructor(
		loss: DiscoveryLoss,
		parameters: Pick<TimingParameters, 'confidence' | 'maxRetries'>,
		hosts: number,
	) {
		this.#loss = loss;
		this.#parameters = parameters;
		this.#hosts = hosts;
	}

	/** One more host is asked. */
	onBegin(): void {
		this.#begun++;
	}

	/** Whether a host that stayed silent had its tries, as far as is known now. */
	isProven({length: tries, doubt}: TryHistory): boolean {
		const {confidence, maxRetries} = this.#parameters;
		return isSilenceProven(
			{ports: this.#hosts, answered: this.#answeredAtTheEnd, tries, doubt},
			{confidence, maxRetries: Math.min(maxRetries, DISCOVERY_TRIES - 1)},
		);
	}

	/** Whether it is known by now how much is lost, and if these tries were sent faster than the path takes them. */
	isKnown(history: TryHistory): boolean {
		return this.#loss.isKnown(history);
	}

	/** Nothing is on its way, so that nothing more will be known of the tries so far. */
	conclude(now: Micros): void {
		this.#loss.conclude(now);
	}

	/** Hosts called down that are expected to be up, when they have such doubt on average. */
	expectedMissed(doubt: number): number {
		return expectedMissed({answered: this.#loss.answered, doubt});
	}

	/** Hosts that will have answered when all were asked, if the others are like those so far. */
	get #answeredAtTheEnd(): number {
		return this.#begun === 0 ? 0 : (this.#loss.answered * this.#hosts) / this.#begun;
	}
}
