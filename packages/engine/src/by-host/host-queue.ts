import type {AddressKey, Micros, Transport} from '@halfopen/model';
import type {FoundHost} from '../discovery/found-host.ts';
import {ReadyQueue} from './ready-queue.ts';
import type {HostScan} from './host-scan.ts';

/** Found hosts that may wait to be scanned, so that more need not be looked for. */
const MOST_WAITING = 1024;

/**
 * The hosts of a scan on their way, once they are found: waiting, being scanned, lingering for late answers. A host
 * enters as another leaves, so that one slow host holds back no other.
 */
export class HostQueue {
	/** Targets, up or not. */
	readonly total: number;
	readonly #transport: Transport;
	readonly #groupSize: number;
	readonly #byKey = new Map<AddressKey, HostScan>();
	readonly #lingering: {readonly host: HostScan; readonly until: Micros}[] = [];
	readonly #freeNumbers: number[] = [];
	readonly #waiting = new ReadyQueue<FoundHost>();
	#nextNumber = 0;
	#scanning = 0;
	#done = 0;
	#up = 0;

	constructor(transport: Transport, total: number, groupSize: number) {
		this.#transport = transport;
		this.total = total;
		this.#groupSize = groupSize;
	}

	/** Hosts being scanned now, or waiting to be. */
	get active(): number {
		return this.#scanning + this.#waiting.length;
	}

	get done(): number {
		return this.#done;
	}

	get up(): number {
		return this.#up;
	}

	/** Every target is done. */
	get isEmpty(): boolean {
		return this.#done === this.total;
	}

	/** So many found hosts wait that no more should be looked for. */
	get isCrowded(): boolean {
		return this.#waiting.length >= MOST_WAITING;
	}

	/** A host waits that may be admitted. */
	get mayAdmit(): boolean {
		return this.#waiting.length > 0 && this.#scanning < this.#groupSize;
	}

	/** The host with this address, if it is being scanned or lingers. */
	find(key: AddressKey): HostScan | undefined {
		return this.#byKey.get(key);
	}

	/** Hosts that are being scanned now, for when the scan is ended early. */
	unfinished(): HostScan[] {
		return [...this.#byKey.values()].filter(host => !host.isDone);
	}

	/** A host was found: it waits until it is admitted. */
	offer(host: FoundHost): void {
		this.#waiting.push(host);
	}

	/** The host that waits longest; the caller has seen that one may be admitted, and starts it. */
	admit(): FoundHost {
		return this.#waiting.shift()!;
	}

	/** Takes out all that wait, for when the scan is ended early. */
	*takeWaiting(): Generator<FoundHost, void, undefined> {
		for (let host = this.#waiting.shift(); host !== undefined; host = this.#waiting.shift()) {
			yield host;
		}
	}

	/** A number for a host that is going to be scanned. */
	takeNumber(): number {
		return this.#freeNumbers.pop() ?? this.#nextNumber++;
	}

	/** A host that was admitted is being scanned from now on. */
	start(host: HostScan): void {
		this.#byKey.set(host.key, host);
		this.#scanning++;
	}

	/** A host is reported; late answers find it until then. */
	finish(host: HostScan, forgetAt: Micros): void {
		this.#scanning--;
		this.countUp();
		this.#freeNumbers.push(host.number);
		this.#transport.releasePath(host.path);
		this.#lingering.push({host, until: forgetAt});
	}

	/** A target that is up is reported. */
	countUp(): void {
		this.#done++;
		this.#up++;
	}

	/** A target that is down is reported. */
	countDown(): void {
		this.#done++;
	}

	/** Lets go of hosts that lingered long enough. */
	forget(now: Micros): void {
		const {length} = this.#lingering;
		let count = 0;
		while (count < length && this.#lingering[count].until <= now) {
			this.#byKey.delete(this.#lingering[count].host.key);
			count++;
		}

		if (count > 0) {
			this.#lingering.splice(0, count);
		}
	}
}
