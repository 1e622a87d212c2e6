import {stringOf, type TextSink} from '../process/io.ts';

/** To the first column, and nothing behind it. */
const ERASE = '\r\u001B[2K';

/**
 * The last line of a terminal, below all other output: text for the same terminal goes through `above`, which takes the
 * line away, writes, and puts it back, in one write. So neither tears the other.
 */
export class ProgressLine {
	readonly #terminal: TextSink;
	#shown = '';

	constructor(terminal: TextSink) {
		this.#terminal = terminal;
	}

	/** Shows a line in the place of the one before; an empty one takes it away. */
	async show(line: string): Promise<void> {
		if (line !== this.#shown) {
			const erase = this.#shown === '' ? '' : ERASE;
			this.#shown = line;
			await this.#terminal.write(erase + line);
		}
	}

	/** A sink of the same terminal, for whole lines above this one. */
	above(sink: TextSink): TextSink {
		return {
			...sink,
			write: async text => {
				await sink.write(this.#shown === '' ? text : ERASE + stringOf(text) + this.#shown);
			},
		};
	}
}
