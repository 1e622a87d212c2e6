import {MILLISECOND, type Clock, type Micros} from '@halfopen/model';

const LONGEST_TIMER = 2 ** 31 - 1; // ms

/** Lets one sleeper sleep until a time or until something happens. */
export class Sleep {
	readonly #clock: Clock;
	#wake: (() => void) | undefined;
	#wasWoken = false;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Something happened. Kept for the next sleeper when nobody sleeps. */
	end(): void {
		this.#wasWoken = true;
		this.#wake?.();
	}

	/**
	 * Resolves when something happens, or at `deadline` by the timers of Node: up to 2 ms late, and never by spinning.
	 * A deadline in the past lets the event loop have a turn.
	 */
	async until(deadline: Micros): Promise<void> {
		const left = deadline - this.#clock.now();
		await (this.#wasWoken || left <= 0 ? this.#turn() : this.#timer(left));
		this.#wake = undefined;
		this.#wasWoken = false;
	}

	async #turn(): Promise<void> {
		await new Promise<void>(resolve => {
			setImmediate(resolve);
		});
	}

	/** The timer keeps the process alive for as long as someone waits. */
	async #timer(left: number): Promise<void> {
		await new Promise<void>(resolve => {
			const timer = setTimeout(resolve, Math.min(Math.ceil(left / MILLISECOND), LONGEST_TIMER));
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}
}
