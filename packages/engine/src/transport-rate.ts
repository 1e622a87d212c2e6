import type {Transport} from '@halfopen/model';
import type {GroupTiming} from '@halfopen/timing';

/** The transport may send this much faster than the rate, so that it never holds back what the engine let go. */
const SMOOTHING = 1.5;

/** Changes of the rate smaller than this share are not passed on. */
const RATE_STEP = 0.05;

/** The transport smooths what is written ahead; the policy stays here, and a limit of the user's is kept there. */
export class TransportRate {
	readonly #transport: Transport;
	#rate = 0;

	constructor(transport: Transport) {
		this.#transport = transport;
	}

	/** Passes on the rate, so far as it changed: never below the floor, which the engine keeps to whatever the rate is. */
	follow({rate, maxRate, floor}: Pick<GroupTiming, 'rate' | 'maxRate' | 'floor'>): void {
		const wanted = Math.min(Math.max(rate * SMOOTHING, floor.rate), maxRate);
		const isStep = Math.abs(wanted - this.#rate) > this.#rate * RATE_STEP;
		if (isStep || (wanted === maxRate && wanted !== this.#rate)) {
			this.#rate = wanted;
			this.#transport.setRate(wanted);
		}
	}
}
