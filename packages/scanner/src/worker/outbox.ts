import type {ScanEvent} from '@halfopen/model';
import {buffersOf, type EncodedEvents, encodeEvents, isPlainDown} from './encode-events.ts';

/** Events that wait to be sent; a report of many ports counts as several. */
export const MOST_WAITING = 8192;

/** Messages on their way to the caller or waiting there. */
export const MOST_SENT = 2;

/** How batches leave; the buffers are moved. */
export type SendEvents = (events: EncodedEvents, moved: readonly ArrayBuffer[]) => void;

/**
 * Events on their way to the caller, in messages of what happened since the last could leave. The scan may be so far
 * ahead of a caller who is slower; then it waits.
 */
export class Outbox {
	readonly #send: SendEvents;
	#waiting: ScanEvent[] = [];
	#weight = 0;
	#sent = 0;
	#isClosed = false;
	#onRoom: () => void = () => {};

	constructor(send: SendEvents) {
		this.#send = send;
	}

	/** Resolves when there is room for more. */
	async add(events: readonly ScanEvent[]): Promise<void> {
		for (const event of events) {
			this.#waiting.push(event);
			this.#weight += weightOf(event);
		}

		this.#sendIfFree();
		while (this.#weight >= MOST_WAITING && !this.#isClosed) {
			await this.#room();
		}
	}

	/** Resolves when nothing waits any more. */
	async flush(): Promise<void> {
		this.#sendIfFree();
		while (this.#waiting.length > 0 && !this.#isClosed) {
			await this.#room();
		}
	}

	/** The caller took a message. */
	onTaken(): void {
		this.#sent--;
		this.#sendIfFree();
		this.#onRoom();
	}

	/** The caller takes no more. */
	close(): void {
		this.#isClosed = true;
		this.#waiting = [];
		this.#weight = 0;
		this.#onRoom();
	}

	#sendIfFree(): void {
		if (this.#sent < MOST_SENT && this.#waiting.length > 0 && !this.#isClosed) {
			const events = encodeEvents(this.#takeMessage());
			this.#sent++;
			this.#send(events, buffersOf(events));
		}
	}

	/** What is sent at once: as much as may wait. */
	#takeMessage(): ScanEvent[] {
		let count = 0;
		for (let weight = 0; weight < MOST_WAITING && count < this.#waiting.length; count++) {
			weight += weightOf(this.#waiting[count]);
		}

		const taken = this.#waiting.splice(0, count);
		this.#weight = this.#waiting.reduce((sum, event) => sum + weightOf(event), 0);
		return taken;
	}

	async #room(): Promise<void> {
		await new Promise<void>(resolve => {
			this.#onRoom = resolve;
		});
	}
}

/** A report of a host that is up takes as long as so many other events, and so many of its ports as one: the caller's turn is to be short. */
const EVENTS_PER_REPORT = 16;
const PORTS_PER_EVENT = 16;

const weightOf = (event: ScanEvent): number =>
	event.type === 'host' && !isPlainDown(event.report)
		? EVENTS_PER_REPORT + event.report.ports.length / PORTS_PER_EVENT
		: 1;
