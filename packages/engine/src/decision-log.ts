import type {Address, Decision, Micros, ScanEvent} from '@halfopen/model';
import type {HostScan} from './by-host/host-scan.ts';
import type {ProbeWindow} from './by-host/probe-window.ts';
import type {Evidence} from './by-host/record-verdict.ts';

/** A decision without the probe that it is about. */
export type WhatDecided = Decision extends infer Each
	? Each extends Decision
		? Omit<Each, 'at' | 'address' | 'port' | 'attempt'>
		: never
	: never;

/** Tells what the engine decided, when someone wants to know. */
export class DecisionLog {
	readonly #ports: Uint16Array;
	/** Somebody wants to know. Asked before a decision is put together where that happens for every packet. */
	readonly isOn: boolean;
	readonly #emit: (event: ScanEvent) => void;

	constructor(ports: Uint16Array, isOn: boolean, emit: (event: ScanEvent) => void) {
		this.#ports = ports;
		this.isOn = isOn;
		this.#emit = emit;
	}

	/** About the probe in a slot. */
	onProbe(host: HostScan, window: ProbeWindow, slot: number, at: Micros, what: WhatDecided): void {
		if (this.isOn) {
			const port = this.#ports[window.portIndex(slot)];
			this.onEvidence(host, {port, attempt: window.attempt(slot), receivedAt: at}, what);
		}
	}

	/** About a reply, or the lack of one. */
	onEvidence(host: HostScan, evidence: Omit<Evidence, 'ttl'>, what: WhatDecided): void {
		if (this.isOn) {
			const {port, attempt, receivedAt} = evidence;
			const decision: Decision = {at: receivedAt, address: host.address, port, attempt, ...what};
			this.#emit({type: 'decision', decision});
		}
	}

	/** About a rate: of one host, or of all. */
	onRate(address: Address | undefined, rate: number, because: string, at: Micros): void {
		if (this.isOn) {
			this.#emit({type: 'rate', at, rate, because, ...(address !== undefined && {address})});
		}
	}
}
