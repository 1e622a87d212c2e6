import type {ScanEvent} from '@halfopen/model';

/** What happened and is not told yet, in order. */
export class EventBuffer {
	#events: ScanEvent[] = [];

	add(event: ScanEvent): void {
		this.#events.push(event);
	}

	/** What was added since the last call. */
	take(): ScanEvent[] {
		const events = this.#events;
		this.#events = [];
		return events;
	}
}
