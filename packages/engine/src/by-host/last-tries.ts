import {emptySlotList, type SlotList} from './probe-window.ts';

/** So many tries before the cap on retries are the last ones. */
const LAST_TRIES = 2;

/** A port has at least so many tries before its last ones. */
const TRIES_BEFORE = 3;

/** Canaries lost in a row, after which the way will not be any better. */
const MOST_CANARIES = 8;

/**
 * Ports of a host with few tries left. A port whose every try fell into one bad time would be called silent, so these
 * wait until nothing else is on its way to the host, nor left to ask, and until a canary came back.
 */
export class LastTries {
	readonly slots: SlotList = emptySlotList();
	readonly #first: number;
	#canaries = 0;
	#isWayOpen = false;

	constructor(maxRetries: number) {
		this.#first = Math.max(TRIES_BEFORE, maxRetries + 1 - LAST_TRIES);
	}

	/** Whether this try of a port, 0 for the first, is one of the last. */
	includes(attempt: number): boolean {
		return attempt >= this.#first;
	}

	get isEmpty(): boolean {
		return this.slots.head === -1;
	}

	/** A canary goes first. */
	get wantsCanary(): boolean {
		return !this.#isWayOpen && this.#canaries < MOST_CANARIES;
	}

	/** Whether something is to be sent now, with so many probes on their way to the host. */
	isDue(inFlight: number): boolean {
		return !this.isEmpty && (inFlight === 0 || !this.wantsCanary);
	}

	onCanary(): void {
		this.#canaries++;
	}

	/** A canary came back. */
	onCanaryAnswered(): void {
		this.#isWayOpen = this.#canaries > 0;
	}

	/** One of these was sent: after the last of them, the way has to be looked at anew. */
	onSend(): void {
		if (this.isEmpty) {
			this.#canaries = 0;
			this.#isWayOpen = false;
		}
	}
}
