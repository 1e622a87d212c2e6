import type {Settings} from '../options/settings.ts';
import type {CommandIo, TextSink} from '../process/io.ts';
import {inColours, wantsColours} from './colours.ts';
import {ProgressLine} from './progress-line.ts';

/** Standard output and standard error as a scan writes to them. */
export interface Screen {
	readonly io: CommandIo;
	/** Below the output of a terminal; absent where there is none. */
	readonly line?: {readonly progress: ProgressLine; readonly columns: () => number};
}

/**
 * Colours and a progress line where there is a terminal for them; on a pipe the text as it is. A pager that reads
 * standard output has the terminal for itself.
 */
export const openScreen = (io: CommandIo, {interactive}: Pick<Settings, 'interactive'>): Screen => {
	// Outermost: what the progress line writes with the text would hide the beginnings of lines from it.
	const withColours = (sink: TextSink): TextSink =>
		wantsColours(sink, io.environment) ? inColours(sink) : sink;
	const owner = [io.stderr, io.stdout].find(({terminal}) => terminal !== undefined);
	if (
		owner?.terminal === undefined ||
		io.stdout.isPipe ||
		!interactive ||
		io.environment['TERM'] === 'dumb'
	) {
		return {io: {...io, stdout: withColours(io.stdout), stderr: withColours(io.stderr)}};
	}

	const {terminal} = owner;
	const progress = new ProgressLine(owner);
	const above = (sink: TextSink): TextSink =>
		withColours(sink.terminal === undefined ? sink : progress.above(sink));
	return {
		io: {...io, stdout: above(io.stdout), stderr: above(io.stderr)},
		line: {progress, columns: () => terminal.columns()},
	};
};
