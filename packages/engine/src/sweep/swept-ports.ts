import {PORT_STATES, type PortResult, type PortState, type PortTable, type Verdict} from '@halfopen/model';
import type {ScanSpace} from '@halfopen/targets';
import type {ResultTable} from './result-table.ts';

/** How a port stands of which nothing was heard. */
export type Standing = 'silent' | 'unfinished' | 'not asked';

/** The ports of one host as a view over the table of a sweep: states are read when they are asked for. */
export class SweptPorts implements PortTable {
	readonly length: number;
	/** There are ports to be asked, and no path to them. */
	readonly isUnreachable: boolean;
	readonly #table: ResultTable;
	readonly #standingOf: (number: number) => Standing;
	readonly #first: number;
	readonly #ports: Uint16Array;
	/** Those that were asked; `undefined` when that is all of them. */
	readonly #asked: Uint16Array | undefined;
	readonly #counts: Readonly<Record<PortState, number>>;

	constructor(
		table: ResultTable,
		standingOf: (number: number) => Standing,
		space: Pick<ScanSpace, 'firstNumberOf' | 'portsOf'>,
		host: number,
	) {
		this.#table = table;
		this.#standingOf = standingOf;
		this.#first = space.firstNumberOf(host);
		this.#ports = space.portsOf(host);
		const counts: Record<PortState, number> = {unknown: 0, open: 0, closed: 0, filtered: 0};
		let unreachable = 0;
		for (let index = 0; index < this.#ports.length; index++) {
			const state = this.#stateAt(index);
			if (state === 'unreachable') {
				unreachable++;
			} else if (state !== 'not asked') {
				counts[state]++;
			}
		}

		this.#counts = counts;
		this.isUnreachable = unreachable > 0;
		this.length = PORT_STATES.reduce((sum, state) => sum + counts[state], 0);
		this.#asked = this.length < this.#ports.length ? this.#findAsked() : undefined;
	}

	count(state: PortState): number {
		return this.#counts[state];
	}

	at(index: number): PortResult {
		const place = this.#asked?.[index] ?? index;
		const port = this.#ports[place];
		const heard = this.#table.resultAt(this.#first + place, port);
		if (heard !== undefined) {
			return heard;
		}

		return {port, ...this.#verdictAt(index), ttl: 0};
	}

	endOfRun(index: number): number {
		const {state, reason} = this.#verdictAt(index);
		let end = index + 1;
		for (; end < this.length; end++) {
			const next = this.#verdictAt(end);
			if (next.state !== state || next.reason !== reason) {
				break;
			}
		}

		return end;
	}

	*[Symbol.iterator](): Generator<PortResult, void, undefined> {
		for (let index = 0; index < this.length; index++) {
			yield this.at(index);
		}
	}

	#verdictAt(index: number): Verdict {
		const number = this.#first + (this.#asked?.[index] ?? index);
		const heard = this.#table.verdictAt(number);
		return heard ?? (this.#standingOf(number) === 'silent' ? SILENT : UNFINISHED);
	}

	#stateAt(index: number): PortState | 'not asked' | 'unreachable' {
		const number = this.#first + index;
		const verdict = this.#table.verdictAt(number);
		if (verdict !== undefined) {
			return verdict.state;
		}

		return this.#table.isUnreachable(number) ? 'unreachable' : STATES[this.#standingOf(number)];
	}

	#findAsked(): Uint16Array {
		const isAsked = (index: number): boolean => !['not asked', 'unreachable'].includes(this.#stateAt(index));
		return Uint16Array.from(this.#ports.keys()).filter(isAsked);
	}
}

const SILENT: Verdict = {state: 'filtered', reason: 'no-response'};
const UNFINISHED: Verdict = {state: 'unknown', reason: 'no-response'};

const STATES = {silent: 'filtered', unfinished: 'unknown', 'not asked': 'not asked'} as const;
