import {type AddressKey, addressOf, type PortResult, type Verdict} from '@halfopen/model';
import type {SweepResults} from './sweep-results.ts';
import {codeOf, verdictOf} from './verdict-codes.ts';

/** Numbers of which more is kept than two bits: who rejected, and why. About 100 bytes each. */
const MOST_DETAILS = 2 ** 18;

const NOTHING_HEARD = 0;
const OPEN = 1;
const CLOSED = 2;
/** Rejected, with details; or without them unreachable. */
const OTHER = 3;

interface Detail {
	/** See `codeOf`. */
	readonly code: number;
	readonly ttl: number;
	readonly sender: AddressKey | undefined;
}

/** Bytes of a table for so many numbers. */
export const tableBytes = (size: number): number => Math.ceil(size / 4);

/**
 * The states of a whole scan space in two bits each. Silence is what nothing is kept of: a sweep that is done asked
 * everything. Of open and closed ports the usual reason is kept once for all, what is unusual by number.
 */
export class ResultTable implements SweepResults {
	readonly #codes: Uint8Array;
	readonly #usual: (Verdict | undefined)[] = [];
	readonly #details = new Map<number, Detail>();
	#detailsForgotten = 0;

	constructor(size: number) {
		this.#codes = new Uint8Array(tableBytes(size));
	}

	/** Verdicts that count as silence because there was no room for their reasons. */
	get detailsForgotten(): number {
		return this.#detailsForgotten;
	}

	verdictAt(number: number): Verdict | undefined {
		const code = this.#codeAt(number);
		if (code === NOTHING_HEARD) {
			return undefined;
		}

		const detail = this.#detailOf(number);
		return detail === undefined ? this.#usual[code] : verdictOf(detail.code);
	}

	isUnreachable(number: number): boolean {
		return this.#codeAt(number) === OTHER && this.#detailOf(number) === undefined;
	}

	/** Whether anything is known of it. */
	has(number: number): boolean {
		return this.#codeAt(number) !== NOTHING_HEARD;
	}

	/** The result of a port of which something was heard. */
	resultAt(number: number, port: number): PortResult | undefined {
		const verdict = this.verdictAt(number);
		if (verdict === undefined) {
			return undefined;
		}

		const {ttl = 0, sender} = this.#detailOf(number) ?? {};
		return {port, ...verdict, ttl, ...(sender !== undefined && {sender: addressOf(sender)})};
	}

	onOpened(): void {
		// There is a place for every number from the beginning
	}

	set(
		number: number,
		_position: number,
		verdict: Verdict,
		ttl: number,
		sender: AddressKey | undefined,
	): boolean {
		const code = CODES[verdict.state];
		this.#usual[code] ??= code === OTHER ? undefined : verdict;
		if (this.#details.size > 0) {
			this.#details.delete(number);
		}

		if (this.#usual[code]?.reason !== verdict.reason) {
			if (this.#details.size >= MOST_DETAILS && code === OTHER) {
				this.#detailsForgotten++;
				this.#setCode(number, NOTHING_HEARD);
				return false;
			}

			if (this.#details.size < MOST_DETAILS) {
				this.#details.set(number, {code: codeOf(verdict), ttl, sender});
			}
		}

		this.#setCode(number, code);
		return true;
	}

	setUnreachable(number: number): void {
		this.#setCode(number, OTHER);
	}

	/** There are none in most sweeps. */
	#detailOf(number: number): Detail | undefined {
		return this.#details.size === 0 ? undefined : this.#details.get(number);
	}

	// `& 3` and not `% 4`, which is slow above 2^31

	#codeAt(number: number): number {
		return (this.#codes[Math.floor(number / 4)] >> (2 * (number & 3))) & 3;
	}

	#setCode(number: number, code: number): void {
		const index = Math.floor(number / 4);
		const shift = 2 * (number & 3);
		this.#codes[index] = (this.#codes[index] & ~(3 << shift)) | (code << shift);
	}
}

const CODES: Readonly<Record<Verdict['state'], number>> = {
	unknown: NOTHING_HEARD,
	open: OPEN,
	closed: CLOSED,
	filtered: OTHER,
};
