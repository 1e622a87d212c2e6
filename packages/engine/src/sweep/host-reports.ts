import type {HostReport, Micros, ScanEvent} from '@halfopen/model';
import {reasonUp} from '../reason-up.ts';
import type {ResultTable} from './result-table.ts';
import {type Standing, SweptPorts} from './swept-ports.ts';
import type {SweepState} from './sweep-state.ts';

/** Reports made at a time, and ports counted for them: what a few milliseconds are enough for. */
const MOST_REPORTS = 256;
const MOST_PORTS = 131_072;

/** Makes the reports of all hosts at the end of a sweep, one after the other, from the table of states. */
export class HostReports {
	readonly #sweep: SweepState;
	readonly #table: ResultTable;
	readonly #startedAt: number;
	readonly #endedAt: number;
	#up = 0;
	#down = 0;

	constructor(sweep: SweepState, table: ResultTable, now: Micros) {
		this.#sweep = sweep;
		this.#table = table;
		this.#startedAt = sweep.options.timeOfDay(sweep.startedAt);
		this.#endedAt = sweep.options.timeOfDay(now);
	}

	/** Hosts reported as up so far, and as down. */
	get up(): number {
		return this.#up;
	}

	get down(): number {
		return this.#down;
	}

	/** In ascending order of hosts; those of which this shard asks nothing have none. A batch may be empty. */
	*batches(): Generator<readonly ScanEvent[], void, undefined> {
		const {space} = this.#sweep;
		let batch: ScanEvent[] = [];
		let from = 0;
		for (let host = 0; host < space.hosts; host++) {
			const number = space.firstNumberOf(host);
			if (batch.length >= MOST_REPORTS || number - from >= MOST_PORTS) {
				yield batch;
				batch = [];
				from = number;
			}

			const report = this.#reportOf(host);
			if (report !== undefined) {
				batch.push({type: 'host', report});
			}
		}

		yield batch;
	}

	#reportOf(host: number): HostReport | undefined {
		const {space, paths} = this.#sweep;
		const ports = new SweptPorts(this.#table, number => this.#standingOf(number), space, host);
		const address = space.hostAt(host);
		const path = paths.known(address.value);
		const times = {startedAt: this.#startedAt, endedAt: this.#endedAt};
		if (ports.length > 0) {
			this.#up++;
			const isIncomplete = ports.count('unknown') > 0;
			return {
				address,
				status: 'up',
				reason: reasonUp(path),
				ttl: 0,
				...(path?.mac !== undefined && {mac: path.mac}),
				...(isIncomplete && {isIncomplete}),
				...times,
				ports,
			};
		}

		if (!ports.isUnreachable) {
			return undefined;
		}

		this.#down++;
		const problem = path?.problem ?? 'no path leads to it';
		return {address, status: 'down', reason: 'no-response', ttl: 0, problem, ...times, ports};
	}

	/** How a port stands of which nothing was heard. */
	#standingOf(number: number): Standing {
		const {isDone, order, space, window, again} = this.#sweep;
		if (isDone && order.size === space.size) {
			return 'silent';
		}

		const position = order.positionOf(number);
		if (position === -1) {
			return 'not asked';
		}

		return isDone || again !== undefined || window.isSilent(position) ? 'silent' : 'unfinished';
	}
}
