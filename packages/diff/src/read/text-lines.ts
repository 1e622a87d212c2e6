import {malformed} from './malformed.ts';

/** A line without its end, and its number from 1 on. */
export interface TextLine {
	readonly text: string;
	readonly number: number;
}

/** No line of a result is longer, in characters. */
const LONGEST_LINE = 67_108_864;

/**
 * The lines of a text that comes in pieces.
 * @throws ScanError for a line that is longer than any could be
 */
export async function* textLines(
	pieces: AsyncIterable<string>,
	name: string,
): AsyncGenerator<TextLine, void, undefined> {
	let rest = '';
	let number = 1;
	for await (const piece of pieces) {
		const lines = (rest + piece).split('\n');
		rest = lines.pop() as string;
		for (const text of lines) {
			yield {text: withoutReturn(text), number: number++};
		}

		if (rest.length > LONGEST_LINE) {
			throw malformed(name, number, `the line is longer than ${LONGEST_LINE} characters`);
		}
	}

	if (rest !== '') {
		yield {text: withoutReturn(rest), number};
	}
}

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);
