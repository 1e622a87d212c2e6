import {type Address, type Micros, micros, type Path} from '@halfopen/model';
import type {DiscoveryWay, TryHistory} from '@halfopen/timing';
import type {Silence} from './silent-targets.ts';
import {bytesPerTarget, TargetColumns} from './target-columns.ts';

/** Where a target stands. */
export const TARGET_STATUS = {
	/** Its path is being looked for. */
	resolving: 0,
	/** Probes of its try are to be written when their turn comes. */
	waiting: 1,
	/** Every probe of its try is written; an answer is waited for. */
	asked: 2,
	/** It is known whether it is up; probes to it are leaving, or its path is being looked for. */
	decided: 3,
	/** It is handed over, or reported. */
	settled: 4,
} as const;

export type TargetStatus = (typeof TARGET_STATUS)[keyof typeof TARGET_STATUS];

/** Targets that have room at first, and that may be worked on at the same time. */
const FIRST_CAPACITY = 256;
const MOST_SPAN = 2 ** 18;
const LEAST_SPAN = 2 ** 4;

/** Memory that the window never exceeds, but for the least span. */
const MOST_BYTES = 2 ** 25;

/**
 * The targets that are being asked whether they are up, from the oldest that is undecided to the newest that was begun: a
 * ring in typed arrays over positions of the order in which they are asked. A target leaves when it is settled and all
 * before it are. Every target that is not in the window costs nothing.
 */
export class TargetWindow {
	/** Probes of a try, at the most. */
	readonly #probes: number;
	readonly #mostSpan: number;
	readonly #positions = new Map<Address['value'], number>();
	#base = 0;
	#next = 0;
	#mask: number;
	#columns: TargetColumns;
	#widest = 0;

	/** `probes` are those of a try, at the most. */
	constructor(probes: number) {
		this.#probes = probes;
		const fitting = 2 ** Math.floor(Math.log2(MOST_BYTES / bytesPerTarget(probes)));
		this.#mostSpan = Math.min(MOST_SPAN, Math.max(LEAST_SPAN, fitting));
		const capacity = Math.min(FIRST_CAPACITY, this.#mostSpan);
		this.#mask = capacity - 1;
		this.#columns = new TargetColumns(capacity, probes);
	}

	/** The position to be begun next. */
	get next(): number {
		return this.#next;
	}

	/** No target can be begun before the oldest leaves. */
	get isFull(): boolean {
		return this.#next - this.#base >= this.#mostSpan;
	}

	/** Targets in the window, at the most so far. */
	get widest(): number {
		return this.#widest;
	}

	get bytes(): number {
		return this.#columns.bytes;
	}

	/** No target is in the window. */
	get isEmpty(): boolean {
		return this.#base === this.#next;
	}

	/** Begins with the next target, of this place in the order of all; its path is yet to be set. */
	open(address: Address, now: Micros, place: number = this.#next): number {
		const position = this.#next;
		const span = position - this.#base + 1;
		if (span > this.#mask + 1) {
			this.#grow();
		}

		this.#next = position + 1;
		this.#widest = Math.max(this.#widest, span);
		const slot = position & this.#mask;
		const columns = this.#columns;
		columns.clear(slot);
		columns.address[slot] = address;
		columns.startedAt[slot] = now;
		columns.place[slot] = place;
		this.#positions.set(address.value, position);
		return position;
	}

	/** It was asked before: what is sent now is one more try. */
	resume(position: number, {history, attempt, probesSent}: Omit<Silence, 'startedAt'>): void {
		const slot = position & this.#mask;
		this.#columns.history[slot] = history;
		this.#columns.attempt[slot] = attempt + 1;
		this.#columns.probesSent[slot] = probesSent;
	}

	/** Whether the target is in the window. */
	has(position: number): boolean {
		return position >= this.#base && position < this.#next;
	}

	/** The undecided target with this address, or -1. */
	find(key: Address['value']): number {
		return this.#positions.get(key) ?? -1;
	}

	/** A number below 2^30 that stands for one probe of a target, as long as that is in the window. */
	tagOf(position: number, probe: number): number {
		return (position % this.#mostSpan) * this.#probes + probe;
	}

	/** The inverse of `tagOf`. */
	ofTag(tag: number): {readonly position: number; readonly probe: number} {
		const residue = Math.floor(tag / this.#probes);
		const ahead = (residue - (this.#base % this.#mostSpan) + this.#mostSpan) % this.#mostSpan;
		return {position: this.#base + ahead, probe: tag - residue * this.#probes};
	}

	/** Its place in the order of all targets. */
	place(position: number): number {
		return this.#columns.place[position & this.#mask];
	}

	address(position: number): Address {
		return this.#columns.address[position & this.#mask]!;
	}

	status(position: number): TargetStatus {
		return this.#columns.status[position & this.#mask] as TargetStatus;
	}

	setStatus(position: number, status: TargetStatus): void {
		this.#columns.status[position & this.#mask] = status;
	}

	/** The way to it. */
	path(position: number): Path | undefined {
		return this.#columns.path[position & this.#mask];
	}

	/** How it is asked; `path` until something else is said. */
	way(position: number): DiscoveryWay {
		return this.#columns.isByLink[position & this.#mask] === 1 ? 'link' : 'path';
	}

	/** Whether its path is its own, and to be given back. */
	ownsPath(position: number): boolean {
		return this.#columns.ownsPath[position & this.#mask] === 1;
	}

	setPath(position: number, path: Path | undefined, way: DiscoveryWay, isOwn: boolean): void {
		const slot = position & this.#mask;
		this.#columns.path[slot] = path;
		this.#columns.isByLink[slot] = way === 'link' ? 1 : 0;
		this.#columns.ownsPath[slot] = isOwn ? 1 : 0;
	}

	/** The try that is being sent, or was sent last; 0 for the first. */
	attempt(position: number): number {
		return this.#columns.attempt[position & this.#mask];
	}

	/** The tries that it had, that which is being sent included; there is none before the first. */
	history(position: number): TryHistory | undefined {
		return this.#columns.history[position & this.#mask];
	}

	setHistory(position: number, history: TryHistory | undefined): void {
		this.#columns.history[position & this.#mask] = history;
	}

	/** The probe of its try that is to be written next. */
	nextProbe(position: number): number {
		return this.#columns.nextProbe[position & this.#mask];
	}

	/** One more try begins. */
	beginTry(position: number): void {
		const slot = position & this.#mask;
		const {attempt, nextProbe, sentAt} = this.#columns;
		nextProbe[slot] = 0;
		attempt[slot]++;
		sentAt.beginTry(slot, attempt[slot]);
	}

	/** The first try begins. */
	beginFirstTry(position: number): void {
		this.#columns.sentAt.clear(position & this.#mask);
	}

	/** The next probe of the try is in the ring. `note` is the number under which the timing's note is kept. */
	onQueued(position: number, note: number): void {
		const slot = position & this.#mask;
		const {nextProbe, queued, inFlight, notes} = this.#columns;
		notes[slot * this.#probes + nextProbe[slot]] = note;
		nextProbe[slot]++;
		queued[slot]++;
		inFlight[slot]++;
	}

	/** A probe of the try is in the ring no more; with an `errno` other than 0 it did not leave. */
	onSent(position: number, probe: number, at: Micros, errno: number): void {
		const slot = position & this.#mask;
		const {queued, probesSent, sentAt, lastSentAt, attempt} = this.#columns;
		queued[slot]--;
		probesSent[slot] += errno === 0 ? 1 : 0;
		lastSentAt[slot] = Math.max(lastSentAt[slot], at);
		sentAt.set(slot, attempt[slot], probe, at);
	}

	/** Probes in the ring of the transport. */
	queued(position: number): number {
		return this.#columns.queued[position & this.#mask];
	}

	/** Probes that the timing takes to be on their way. */
	inFlight(position: number): number {
		return this.#columns.inFlight[position & this.#mask];
	}

	/** So many probes are on their way no more. */
	onLeave(position: number, count: number): void {
		this.#columns.inFlight[position & this.#mask] -= count;
	}

	/** Probes that left for it in all tries. */
	probesSent(position: number): number {
		return this.#columns.probesSent[position & this.#mask];
	}

	note(position: number, probe: number): number {
		return this.#columns.notes[(position & this.#mask) * this.#probes + probe];
	}

	/** When a probe of this try was sent, seen from `now`; `undefined` when that is not known, or no more. */
	sentAt(position: number, attempt: number, probe: number, now: Micros): Micros | undefined {
		const age = this.attempt(position) - attempt;
		return age === 0 || age === 1
			? this.#columns.sentAt.get(position & this.#mask, attempt, probe, now)
			: undefined;
	}

	/** When the last probe was sent. */
	lastSentAt(position: number): Micros {
		return micros(this.#columns.lastSentAt[position & this.#mask]);
	}

	/** When it was begun with. */
	startedAt(position: number): Micros {
		return micros(this.#columns.startedAt[position & this.#mask]);
	}

	/** It is handed over, or reported; no probe to it is in the ring of the transport. */
	settle(position: number): void {
		const slot = position & this.#mask;
		const columns = this.#columns;
		columns.status[slot] = TARGET_STATUS.settled;
		columns.path[slot] = undefined;
		columns.history[slot] = undefined;
		this.#positions.delete(columns.address[slot]!.value);
		this.#advance();
	}

	/** Leaves behind those at the old end that are settled. */
	#advance(): void {
		const {status, address} = this.#columns;
		for (; this.#base < this.#next; this.#base++) {
			const slot = this.#base & this.#mask;
			if (status[slot] !== TARGET_STATUS.settled) {
				return;
			}

			address[slot] = undefined;
		}
	}

	#grow(): void {
		const old = this.#columns;
		const oldMask = this.#mask;
		const fresh = new TargetColumns(2 * old.capacity, this.#probes);
		this.#mask = fresh.capacity - 1;
		for (let position = this.#base; position < this.#next; position++) {
			fresh.copy(old, position & oldMask, position & this.#mask);
		}

		this.#columns = fresh;
	}
}
