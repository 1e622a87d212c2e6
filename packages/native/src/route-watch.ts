import {MILLISECOND, SECOND, micros, type Clock} from '@halfopen/model';
import type {NativeTransportHandle} from './native.ts';
import type {Paths} from './paths.ts';

const CHANGES_INTERVAL = 100 * MILLISECOND;
const REST = 9; // For each moment of following: no more than a tenth of the time, however often routes change
const ROUTERS_INTERVAL = SECOND;

/** Keeps paths where the kernel's routes lead, and what the user is to know of it. */
export class RouteWatch {
	readonly #handle: Pick<NativeTransportHandle, 'takeRouteChange'>;
	readonly #paths: Paths;
	readonly #clock: Clock;
	#changesDueAt = micros(0);
	#routersDueAt = micros(0);
	#warnings: string[] = [];

	constructor(handle: Pick<NativeTransportHandle, 'takeRouteChange'>, paths: Paths, clock: Clock) {
		this.#handle = handle;
		this.#paths = paths;
		this.#clock = clock;
	}

	/** Looks, when it is time to. */
	look(): void {
		const now = this.#clock.now();
		if (now < this.#changesDueAt) {
			return;
		}

		this.#changesDueAt = micros(now + CHANGES_INTERVAL);
		if (this.#handle.takeRouteChange()) {
			this.#warnings.push(...this.#paths.followRoutes());
			const after = this.#clock.now();
			this.#changesDueAt = micros(Math.max(this.#changesDueAt, after + REST * (after - now)));
		}

		if (now >= this.#routersDueAt) {
			this.#routersDueAt = micros(now + ROUTERS_INTERVAL);
			this.#warnings.push(...this.#paths.followRouters());
		}
	}

	/** Since the last call. */
	takeWarnings(): readonly string[] {
		const taken = this.#warnings;
		this.#warnings = [];
		return taken;
	}
}
