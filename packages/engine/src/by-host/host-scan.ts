import {PortResults} from '@halfopen/classify';
import {type Address, type AddressKey, type Micros, micros, type Path} from '@halfopen/model';
import {HostTiming, spreadEvenly} from '@halfopen/timing';
import {Bench} from './bench.ts';
import {CanaryPorts} from '../canary-ports.ts';
import {ClearWay} from './clear-way.ts';
import type {FoundHost} from '../discovery/found-host.ts';
import {emptySlotList, type SlotList} from './probe-window.ts';
import type {ScanState} from './scan-state.ts';
import type {Sleeper} from './wake-queue.ts';

/** One host from its first probe to its report. */
export class HostScan implements Sleeper {
	/** Told apart by this in the window; below 65,536, used again when the host is done. */
	readonly number: number;
	readonly address: Address;
	readonly key: AddressKey;
	readonly path: Path;
	/** How it was found. */
	readonly found: FoundHost;
	readonly results: PortResults;
	readonly timing: HostTiming;
	readonly startedAt: Micros;
	/** When its time is up; `Infinity` without a limit. */
	readonly endsAt: Micros;
	/** Probes on their way whose send time is known, oldest first. */
	readonly inFlight: SlotList = emptySlotList();
	/** Probes to be sent again. */
	readonly retransmissions: SlotList = emptySlotList();
	/** The same, once the way is clear. */
	readonly clearWay: ClearWay = new ClearWay();
	readonly bench: Bench = new Bench();
	readonly canaries: CanaryPorts = new CanaryPorts();
	/** Canaries on their way. */
	canariesInFlight = 0;
	/** Place in the port order of the first port that was not asked yet. */
	nextFresh = 0;
	/** Probes written for it, those of them that are in the ring of the transport still, and those that left. */
	probesWritten = 0;
	probesQueued = 0;
	probesSent = 0;
	/** It stands in the queue of hosts that may have something to send. */
	isReady = false;
	/** An answer came in this step. */
	hasAnswered = false;
	/** It was reported; what comes now is late. */
	isDone = false;
	wakeAt: number = Infinity;
	/** From 0 to below 1, evenly spread over hosts. */
	readonly #phase: number;
	/** Silent ports that are expected to be answering ones of which every try was lost. */
	expectedMissed = 0;

	constructor(number: number, found: FoundHost, scan: ScanState, startedAt: Micros) {
		const {path, address} = found;
		const {ports} = scan.options;
		this.number = number;
		this.#phase = spreadEvenly(number);
		this.path = path;
		this.found = found;
		this.address = address;
		this.key = address.value;
		this.results = new PortResults(ports);
		this.timing = new HostTiming(scan.group, ports.length, this.#phase, startedAt, (rate, because, at) =>
			scan.decisions.onRate(address, rate, because, at),
		);
		if (found.rtt !== undefined) {
			this.timing.begin(found.rtt);
		}

		this.startedAt = startedAt;
		this.endsAt = micros(startedAt + (scan.options.hostTimeout ?? Infinity));
	}

	/**
	 * Place in the port order of the port that this host is asked at `place`. The shuffled part is turned by a part of
	 * its length that differs from host to host, so that hosts of one kind do not all answer at the same moment.
	 */
	turned(place: number, picked: number): number {
		const shuffled = this.results.length - picked;
		return place < picked
			? place
			: picked + ((place - picked + Math.floor(this.#phase * shuffled)) % shuffled);
	}

	/** Nothing more is to be learnt of it, or its time is up: it is sent no more. */
	isOver(now: Micros): boolean {
		return this.results.undecided === 0 || now >= this.endsAt;
	}

	/** So many probes for it were written. */
	onWritten(count: number): void {
		this.probesWritten += count;
		this.probesQueued += count;
	}

	/** A probe for it is in the ring no more; with an `errno` other than 0 it did not leave. */
	onTaken(errno: number): void {
		this.probesQueued--;
		this.probesSent += errno === 0 ? 1 : 0;
	}

	/** Something waits to be sent: again, or for the first time. */
	get hasProbe(): boolean {
		return this.hasUsualProbe || this.clearWay.isDue(this.timing.inFlight);
	}

	/** The same, but for what waits for a clear way. */
	get hasUsualProbe(): boolean {
		return this.retransmissions.head !== -1 || this.nextFresh < this.results.length;
	}
}
