import {type AddressKey, type Micros, micros, SECOND} from '@halfopen/model';

/** Entries that are looked at for being outdated whenever a probe asks. */
const LOOKS = 2;

interface Entry {
	/** From then on nothing is reserved. */
	freeAt: number;
	sentAt: number;
}

/**
 * Keeps probes to one address apart: from one to the next it takes at least the time that the rate allows. It knows
 * the addresses that were asked within that time, and no others.
 */
export class HostRate {
	readonly #interval: number;
	readonly #entries = new Map<AddressKey, Entry>();
	#looked: Iterator<[AddressKey, Entry]> = this.#entries.entries();

	/** In probes per second to one address. */
	constructor(mostPerSecond: number) {
		this.#interval = SECOND / mostPerSecond;
	}

	/** Addresses known. */
	get size(): number {
		return this.#entries.size;
	}

	/** Whether a probe to this address would be sent at once. */
	isFree(key: AddressKey, now: Micros): boolean {
		const entry = this.#entries.get(key);
		return entry === undefined || (entry.freeAt <= now && entry.sentAt + this.#interval <= now);
	}

	/** When a probe to this address may be sent: now, which is taken note of, or later, which is reserved. */
	reserve(key: AddressKey, now: Micros): Micros {
		this.#forgetOutdated(now);
		const entry = this.#entries.get(key);
		if (entry === undefined) {
			this.#entries.set(key, {freeAt: now + this.#interval, sentAt: now});
			return now;
		}

		const at = Math.max(entry.freeAt, entry.sentAt + this.#interval, now);
		entry.freeAt = at + this.#interval;
		entry.sentAt = at === now ? now : entry.sentAt;
		return micros(at);
	}

	/** When a probe for which time was reserved may be sent: now, or a little later if the one before it was late. */
	claim(key: AddressKey, now: Micros): Micros {
		const entry = this.#entries.get(key) ?? {freeAt: 0, sentAt: -Infinity};
		const at = Math.max(entry.sentAt + this.#interval, now);
		if (at === now) {
			entry.sentAt = now;
			entry.freeAt = Math.max(entry.freeAt, now + this.#interval);
			this.#entries.set(key, entry);
		}

		return micros(at);
	}

	#forgetOutdated(now: Micros): void {
		for (let left = LOOKS; left > 0; left--) {
			const next = this.#looked.next();
			if (next.done === true) {
				this.#looked = this.#entries.entries();
				return;
			}

			const [key, {freeAt, sentAt}] = next.value;
			if (freeAt <= now && sentAt + this.#interval <= now) {
				this.#entries.delete(key);
			}
		}
	}
}
