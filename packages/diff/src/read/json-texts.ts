import {malformed} from './malformed.ts';

/** A JSON text, or a part of one, and the line that it begins in. */
export interface JsonText {
	readonly text: string;
	readonly line: number;
}

/** No object of a result is longer, in characters. */
const LONGEST_OBJECT = 1 << 26;

/**
 * Takes JSON apart that comes in pieces: texts one after the other, as in NDJSON; the elements of a list; or the elements
 * of the member `results` of an object, and then that object with an empty list. However it is laid out, no more than one
 * element is in memory.
 * @throws ScanError where a text ends too early, or is too long
 */
export async function* jsonTexts(
	pieces: AsyncIterable<string>,
	name: string,
): AsyncGenerator<JsonText, void, undefined> {
	const splitter = new JsonSplitter();
	for await (const piece of pieces) {
		yield* splitter.add(piece);
		if (splitter.length > LONGEST_OBJECT) {
			throw malformed(name, splitter.line, `an object is longer than ${LONGEST_OBJECT} characters`);
		}
	}

	if (splitter.isWithin) {
		throw malformed(name, splitter.line, 'expected the end of an object, got the end of the file');
	}
}

/** What the structure follows from. */
const TOKEN = /[{}[\]"\n]/g;
const TOKEN_IN_STRING = /["\\\n]/g;

/** Follows brackets and strings; what else is wrong `JSON.parse` finds. */
class JsonSplitter {
	line = 1;
	/** The text that has begun, without its elements, and the element that has begun. */
	#outer = '';
	#outerLine = 1;
	#element = '';
	#elementLine = 1;
	#depth = 0;
	/** Depth between the elements of a list that is taken apart; -1 outside of one. */
	#elementDepth = -1;
	#isInString = false;
	/** The last piece ended in a backslash of a string. */
	#isEscaped = false;

	/** A text has begun and not ended. */
	get isWithin(): boolean {
		return this.#depth > 0;
	}

	/** Characters that are kept. */
	get length(): number {
		return this.#outer.length + this.#element.length;
	}

	*add(piece: string): Generator<JsonText, void, undefined> {
		let from = 0; // What comes before is kept already, or needs not be
		let at = this.#isEscaped ? 1 : 0;
		this.#isEscaped = false;
		for (;;) {
			const token = this.#isInString ? TOKEN_IN_STRING : TOKEN;
			token.lastIndex = at;
			const found = token.exec(piece);
			if (found === null) {
				break;
			}

			const {index} = found;
			at = index + 1;
			switch (piece[index]) {
				case '\n': {
					this.line++;
					break;
				}

				case '\\': {
					this.#isEscaped = at === piece.length;
					at++;
					break;
				}

				case '"': {
					this.#isInString = !this.#isInString;
					break;
				}

				case '{':
				case '[': {
					this.#keep(piece.slice(from, index));
					from = index;
					this.#open(piece[index]);
					break;
				}

				default: {
					if (this.#depth === this.#elementDepth) {
						from = index; // Between the last element and the end of the list is nothing to keep
						this.#elementDepth = -1;
					}

					this.#keep(piece.slice(from, at));
					from = at;
					yield* this.#close();
				}
			}
		}

		this.#keep(piece.slice(from));
	}

	/** The text goes to what has begun; between elements, and outside of all, there is nothing. */
	#keep(text: string): void {
		if (this.#elementDepth === -1) {
			this.#outer += this.#depth > 0 ? text : '';
		} else if (this.#depth > this.#elementDepth) {
			this.#element += text;
		}
	}

	#open(bracket: string): void {
		if (this.#depth === 0) {
			this.#outerLine = this.line;
		}

		if (this.#depth === this.#elementDepth) {
			this.#elementLine = this.line;
		}

		this.#depth++;
		if (bracket === '[' && this.#elementDepth === -1 && this.#isListOfResults()) {
			this.#outer += bracket;
			this.#elementDepth = this.#depth;
		}
	}

	#isListOfResults(): boolean {
		return this.#depth === 1 || (this.#depth === 2 && /"results"\s*:\s*$/.test(this.#outer));
	}

	*#close(): Generator<JsonText, void, undefined> {
		this.#depth = Math.max(0, this.#depth - 1);
		if (this.#depth === this.#elementDepth) {
			yield {text: this.#element, line: this.#elementLine};
			this.#element = '';
		} else if (this.#depth === 0) {
			yield {text: this.#outer, line: this.#outerLine};
			this.#outer = '';
		}
	}
}
