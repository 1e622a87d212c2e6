import type {Address, Decision, Micros} from '@halfopen/model';
import type {EventBuffer} from './event-buffer.ts';
import type {Told} from './told.ts';

/** A decision without the probe that it is about. */
export type WhatDecided = Decision extends infer Each
	? Each extends Decision
		? Omit<Each, 'at' | 'address' | 'port' | 'attempt'>
		: never
	: never;

/** What a decision rests on: a reply, or for silence the time and the last try. */
export interface Occasion {
	readonly port: number;
	readonly attempt: number;
	readonly receivedAt: Micros;
}

/** Tells what the engine decided, when someone wants to know. */
export class DecisionLog {
	/** Somebody wants to know. Asked before a decision is put together where that happens for every packet. */
	isOn: boolean;
	/** Every port that has its state has an event, not only those that are open. */
	tellsEveryPort: boolean;
	readonly #events: EventBuffer;

	constructor({decisions, portEvents}: Omit<Told, 'trace'>, events: EventBuffer) {
		this.isOn = decisions;
		this.tellsEveryPort = portEvents === 'all';
		this.#events = events;
	}

	/** From now on more is told, or less. */
	tell({decisions, portEvents}: Partial<Told>): void {
		this.isOn = decisions ?? this.isOn;
		this.tellsEveryPort = portEvents === undefined ? this.tellsEveryPort : portEvents === 'all';
	}

	/** About a probe to the host with this address. */
	onProbe({address}: {readonly address: Address}, occasion: Occasion, what: WhatDecided): void {
		if (this.isOn) {
			const {port, attempt, receivedAt} = occasion;
			const decision: Decision = {at: receivedAt, address, port, attempt, ...what};
			this.#events.add({type: 'decision', decision});
		}
	}

	/** About a rate: of one host, or of all. */
	onRate(address: Address | undefined, rate: number, because: string, at: Micros): void {
		if (this.isOn) {
			this.#events.add({type: 'rate', at, rate, because, ...(address !== undefined && {address})});
		}
	}
}
