import {MILLISECOND, type Clock, type Micros} from '@halfopen/model';

const LONGEST_TIMER = 2 ** 31 - 1; // ms

/** Lets one sleeper sleep until a time, or until it is woken. A ring that nobody heard is kept for the next sleeper. */
export class Bell {
	readonly #clock: Clock;
	#rang = false;
	#wake: (() => void) | undefined;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	ring(): void {
		this.#rang = true;
		this.#wake?.();
	}

	/** Resolves at `deadline` or after a ring, never before the event loop had a turn. */
	async sleep(deadline: Micros): Promise<void> {
		await new Promise(resolve => {
			setImmediate(resolve);
		});
		for (let now = this.#clock.now(); now < deadline && !this.#rang; now = this.#clock.now()) {
			await this.#doze(deadline - now);
		}

		this.#rang = false;
	}

	async #doze(duration: number): Promise<void> {
		await new Promise<void>(resolve => {
			const timer = setTimeout(resolve, Math.min(LONGEST_TIMER, Math.ceil(duration / MILLISECOND)));
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
		this.#wake = undefined;
	}
}
