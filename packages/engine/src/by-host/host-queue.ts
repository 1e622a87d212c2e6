import type {Address, AddressKey, Micros, Path, Transport} from '@halfopen/model';
import type {TargetSet} from '@halfopen/targets';
import type {HostScan} from './host-scan.ts';

/** A target whose path is known, or known not to exist. */
export type Candidate = {readonly number: number; readonly address: Address; readonly path: Path};

/** Paths looked for side by side: a host that does not answer ARP takes its time and nothing else. */
const MOST_RESOLVING = 1024;

/**
 * The hosts of a scan on their way: waiting, path being resolved, being scanned, lingering for late answers. A host
 * enters as another leaves, so that one slow host holds back no other.
 */
export class HostQueue {
	readonly #transport: Transport;
	readonly #targets: TargetSet;
	readonly #groupSize: number;
	readonly #byKey = new Map<AddressKey, HostScan>();
	readonly #lingering: {readonly host: HostScan; readonly until: Micros}[] = [];
	readonly #freeNumbers: number[] = [];
	#resolving: Candidate[] = [];
	#nextTarget = 0;
	#nextNumber = 0;
	#scanning = 0;
	#done = 0;
	#up = 0;

	constructor(transport: Transport, targets: TargetSet, groupSize: number) {
		this.#transport = transport;
		this.#targets = targets;
		this.#groupSize = groupSize;
	}

	get total(): number {
		return this.#targets.size;
	}

	/** Hosts being scanned now. */
	get scanning(): number {
		return this.#scanning;
	}

	/** Hosts begun and not done. */
	get active(): number {
		return this.#scanning + this.#resolving.length;
	}

	get done(): number {
		return this.#done;
	}

	get up(): number {
		return this.#up;
	}

	/** Every target is done. */
	get isEmpty(): boolean {
		return this.#nextTarget === this.total && this.active === 0;
	}

	/** The host with this address, if it is being scanned or lingers. */
	find(key: AddressKey): HostScan | undefined {
		return this.#byKey.get(key);
	}

	/** Hosts that are being scanned now, for when the scan is ended early. */
	unfinished(): HostScan[] {
		return [...this.#byKey.values()].filter(host => !host.isDone);
	}

	/** Targets whose turn has come. Those without a path are done with that. */
	admit(): Candidate[] {
		this.#beginResolving();
		const admitted: Candidate[] = [];
		const stillResolving: Candidate[] = [];
		for (const candidate of this.#resolving) {
			if (candidate.path.status === 'unreachable') {
				this.#dismiss(candidate);
				admitted.push(candidate);
			} else if (candidate.path.status === 'ready' && this.#scanning + admitted.length < this.#groupSize) {
				admitted.push(candidate);
			} else {
				stillResolving.push(candidate);
			}
		}

		this.#resolving = stillResolving;
		return admitted;
	}

	/** A host that was admitted is being scanned from now on. */
	start(host: HostScan): void {
		this.#byKey.set(host.key, host);
		this.#scanning++;
	}

	/** A host is reported; late answers find it until then. */
	finish(host: HostScan, forgetAt: Micros): void {
		this.#scanning--;
		this.#done++;
		this.#up++;
		this.#freeNumbers.push(host.number);
		this.#transport.releasePath(host.path);
		this.#lingering.push({host, until: forgetAt});
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

	#beginResolving(): void {
		const most = this.#mostResolving();
		while (this.#nextTarget < this.total && this.#resolving.length < most) {
			const address = this.#targets.at(this.#nextTarget++);
			const number = this.#freeNumbers.pop() ?? this.#nextNumber++;
			this.#resolving.push({number, address, path: this.#transport.pathTo(address)});
		}
	}

	/** One group ahead is enough where paths are known at once. */
	#mostResolving(): number {
		const isSlow = this.#resolving.some(({path}) => path.status === 'resolving');
		return isSlow ? MOST_RESOLVING : Math.max(0, this.#groupSize - this.#scanning);
	}

	#dismiss({number, path}: Candidate): void {
		this.#done++;
		this.#freeNumbers.push(number);
		this.#transport.releasePath(path);
	}
}
