/** Told of a word: where it is in some bytes, and in which line of the text, counted from 1. */
export type WordTaker = (bytes: Uint8Array, begin: number, end: number, line: number) => void;

/**
 * Takes a text that comes in chunks of bytes apart into words: between blanks, tabs, line ends and NULs, with `#` for
 * a comment up to the end of the line. Makes no string of it.
 */
export class WordSplitter {
	readonly #take: WordTaker;
	/** The beginning of a word that the last chunk ended in. */
	#rest: Uint8Array = NOTHING;
	#isInComment = false;
	#line = 1;

	constructor(take: WordTaker) {
		this.#take = take;
	}

	/** Takes the next chunk; it is not looked at again after the call. */
	push(chunk: Uint8Array): void {
		let at = this.#rest.length === 0 ? 0 : this.#finishWord(chunk);
		while (at < chunk.length) {
			const byte = chunk[at];
			if (byte === LINE_FEED) {
				this.#line++;
				this.#isInComment = false;
				at++;
			} else if (byte === CARRIAGE_RETURN) {
				this.#isInComment = false;
				at++;
			} else if (this.#isInComment || ENDS_WORD[byte] === 1) {
				this.#isInComment ||= byte === HASH;
				at++;
			} else {
				const end = wordEnd(chunk, at);
				if (end === chunk.length) {
					this.#rest = chunk.slice(at); // It may go on in the next chunk
				} else {
					this.#take(chunk, at, end, this.#line);
				}

				at = end;
			}
		}
	}

	/** The text has ended; another may follow. */
	end(): void {
		if (this.#rest.length > 0) {
			this.#take(this.#rest, 0, this.#rest.length, this.#line);
		}

		this.#rest = NOTHING;
		this.#isInComment = false;
		this.#line = 1;
	}

	/** Takes the word that began in an earlier chunk, if it ends in this one. Returns where it ends. */
	#finishWord(chunk: Uint8Array): number {
		const end = wordEnd(chunk, 0);
		const word = new Uint8Array(this.#rest.length + end);
		word.set(this.#rest);
		word.set(chunk.subarray(0, end), this.#rest.length);
		if (end === chunk.length) {
			this.#rest = word;
		} else {
			this.#rest = NOTHING;
			this.#take(word, 0, word.length, this.#line);
		}

		return end;
	}
}

const NOTHING = new Uint8Array(0);

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const HASH = 0x23;

/** By byte: 1 for blanks of every kind, NUL and `#`. */
const ENDS_WORD = Uint8Array.from({length: 256}, (_, byte) =>
	/[\s\0#]/.test(String.fromCodePoint(byte)) && byte < 0x80 ? 1 : 0,
);

const wordEnd = (bytes: Uint8Array, begin: number): number => {
	let end = begin;
	while (end < bytes.length && ENDS_WORD[bytes[end]] === 0) {
		end++;
	}

	return end;
};
