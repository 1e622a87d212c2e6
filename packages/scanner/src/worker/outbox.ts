import type {ScanEvent} from '@halfopen/model';
import {buffersOf, type EncodedEvents, encodeEvents} from './encode-events.ts';

/** Events that wait to be sent. */
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
		}

		this.#sendIfFree();
		while (this.#waiting.length >= MOST_WAITING && !this.#isClosed) {
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
		this.#onRoom();
	}

	#sendIfFree(): void {
		if (this.#sent < MOST_SENT && this.#waiting.length > 0 && !this.#isClosed) {
			const events = encodeEvents(this.#waiting.splice(0, MOST_WAITING));
			this.#sent++;
			this.#send(events, buffersOf(events));
		}
	}

	async #room(): Promise<void> {
		await new Promise<void>(resolve => {
			this.#onRoom = resolve;
		});
	}
}
