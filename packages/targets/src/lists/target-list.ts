import type {Ipv4Block} from '../sets/address-block.ts';
import {ByteCursor} from './byte-cursor.ts';
import {NumberList} from './number-list.ts';
import {WordSplitter} from './word-splitter.ts';

/**
 * Target specifications that were read from bytes. Those that are plain IPv4 take 8 bytes each; the others are text
 * that is still to be parsed. Plain data, which can be sent to another thread.
 */
export interface TargetList {
	/** Specifications in all. */
	readonly length: number;
	/** First and last address of each plain specification, in the order written. */
	readonly ranges: Uint32Array;
	readonly others: readonly OtherTarget[];
}

/** What is in a list, in the order written: plain specifications together in one block, others as text. */
export function* partsOf({ranges, others}: TargetList): Iterable<Ipv4Block | string> {
	let done = 0;
	for (const {text, before} of others) {
		if (before > done) {
			yield {family: 4, bounds: ranges.subarray(2 * done, 2 * before)};
			done = before;
		}

		yield text;
	}

	if (2 * done < ranges.length) {
		yield {family: 4, bounds: ranges.subarray(2 * done)};
	}
}

/** A specification that is not plain IPv4: octet ranges, IPv6, a name, a mistake. See `parseTarget`. */
export interface OtherTarget {
	readonly text: string;
	/** How many of the ranges were written before it. */
	readonly before: number;
}

/**
 * Reads target specifications as in `-iL` files from one text after the other: an address, a prefix or a range of two
 * addresses is understood at once, without making a string of it. Everything else is left for `parseTarget`.
 */
export class TargetReader {
	readonly #ranges: NumberList<Uint32Array> = new NumberList(Uint32Array);
	readonly #others: OtherTarget[] = [];
	readonly #cursor = new ByteCursor();
	readonly #splitter = new WordSplitter((bytes, begin, end) => {
		this.#takeWord(bytes, begin, end);
	});

	/** Takes the next chunk of a text in UTF-8. */
	push(chunk: Uint8Array): void {
		this.#splitter.push(chunk);
	}

	/** The text has ended; another may follow. */
	end(): void {
		this.#splitter.end();
	}

	/** One specification, as typed. */
	add(word: string): void {
		const bytes = new TextEncoder().encode(word);
		if (!this.#addPlain(bytes, 0, bytes.length)) {
			this.#addOther(word);
		}
	}

	/** What was read. The reader is done with. */
	take(): TargetList {
		const ranges = this.#ranges.take();
		return {length: ranges.length / 2 + this.#others.length, ranges, others: this.#others};
	}

	#takeWord(bytes: Uint8Array, begin: number, end: number): void {
		if (this.#addPlain(bytes, begin, end)) {
			return;
		}

		// Blanks that are no ASCII, such as a byte order mark, are found only here.
		for (const word of DECODER.decode(bytes.subarray(begin, end)).split(/\s+/)) {
			if (word !== '') {
				this.#addOther(word);
			}
		}
	}

	#addOther(text: string): void {
		this.#others.push({text, before: this.#ranges.length / 2});
	}

	#addPlain(bytes: Uint8Array, begin: number, end: number): boolean {
		const cursor = this.#cursor;
		cursor.open(bytes, begin, end);
		const address = cursor.ipv4();
		if (address === -1) {
			return false;
		}

		if (cursor.isDone) {
			return this.#addRange(address, address);
		}

		if (cursor.skip(SLASH)) {
			const length = cursor.number(32);
			const size = 2 ** (32 - length);
			const first = address - (address % size);
			return length !== -1 && cursor.isDone && this.#addRange(first, first + size - 1);
		}

		const last = cursor.skip(DASH) ? cursor.ipv4() : -1;
		return last >= address && cursor.isDone && this.#addRange(address, last);
	}

	#addRange(first: number, last: number): true {
		this.#ranges.push(first);
		this.#ranges.push(last);
		return true;
	}
}

const SLASH = 0x2f;
const DASH = 0x2d;

const DECODER = new TextDecoder('utf-8', {ignoreBOM: true});
