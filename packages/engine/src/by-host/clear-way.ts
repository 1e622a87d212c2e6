import {emptySlotList, type SlotList} from './probe-window.ts';

/** Flights of canaries, none of which came back, after which the way is taken to be closed for good. */
const MOST_FLIGHTS = 8;

/** Canaries in a flight: one at first, twice as many in each that follows, up to this. */
const LARGEST_FLIGHT = 8;

/**
 * Ports of a host that are asked again only once the way to it is seen to be clear: when nothing else is on its way, nor
 * left to ask, and a canary came back. Canaries leave in flights, each when the one before is lost.
 */
export class ClearWay {
	/** The ports that wait. */
	readonly slots: SlotList = emptySlotList();
	#flights = 0;
	/** Canaries of this flight that are yet to leave. */
	#left = 0;
	#isClear = false;

	get isEmpty(): boolean {
		return this.slots.head === -1;
	}

	/** A canary goes first. */
	get wantsCanary(): boolean {
		return !this.#isClear && (this.#left > 0 || this.#flights < MOST_FLIGHTS);
	}

	/** So many flights were lost that it is no use to wait. */
	get isClosed(): boolean {
		return this.#flights === MOST_FLIGHTS;
	}

	/** Whether something is to be sent now, with so many probes on their way to the host. */
	isDue(inFlight: number): boolean {
		return !this.isEmpty && (inFlight === 0 || this.#left > 0 || !this.wantsCanary);
	}

	/** A canary is sent. */
	onCanary(): void {
		if (this.#left === 0) {
			this.#left = Math.min(2 ** this.#flights, LARGEST_FLIGHT);
			this.#flights++;
		}

		this.#left--;
	}

	/** A canary came back; one that was sent for something else does not show the way. */
	onCanaryAnswered(): void {
		this.#isClear = this.#flights > 0;
		this.#flights = 0;
		this.#left = 0;
	}

	/** One of the ports was asked: after the last of them, the way has to be looked at anew. */
	onSend(): void {
		this.#isClear &&= !this.isEmpty;
	}
}
