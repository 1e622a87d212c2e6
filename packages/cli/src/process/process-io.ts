import {fstatSync} from 'node:fs';
import {streamError} from './file-error.ts';
import {processKeyboard} from './process-keyboard.ts';
import {BrokenPipe, type CommandIo, type TextSink} from './io.ts';

/** The process itself. */
export const processIo = (): CommandIo => ({
	stdin: process.stdin,
	...keyboard(),
	stdout: streamSink(process.stdout, 'standard output'),
	stderr: streamSink(process.stderr, 'standard error'),
	environment: process.env,
	sharedFolders: ['/usr/local/share', '/usr/share'],
	now: () => Date.now(),

	onInterrupt: listener => {
		let untilNext: NodeJS.Timeout | undefined;
		const onInterrupt = (signal: NodeJS.Signals): void => {
			if (untilNext === undefined && (signal === 'SIGINT' || signal === 'SIGTERM')) {
				untilNext = setTimeout(stop, SAME_INTERRUPT).unref();
				listener(signal);
			}
		};
		const stop = (): void => {
			clearTimeout(untilNext);
			process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
		};
		process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt);
		return stop;
	},

	every: (milliseconds, listener) => {
		const timer = setInterval(listener, milliseconds);
		return () => {
			clearInterval(timer);
		};
	},
});

/** Signals that come within so many milliseconds of the first are that. */
const SAME_INTERRUPT = 500;

const keyboard = (): Pick<CommandIo, 'keyboard'> => {
	const found = processKeyboard();
	return found === undefined ? {} : {keyboard: found};
};

const streamSink = (stream: NodeJS.WriteStream & {readonly fd: 1 | 2}, name: string): TextSink => {
	// Without a listener an error would end the process; each write reports its own below.
	stream.on('error', () => {});
	return {
		...(stream.isTTY && {terminal: {columns: () => stream.columns || USUAL_COLUMNS}}),
		...(isPipe(stream.fd) && {isPipe: true}),
		write: async text =>
			new Promise((resolve, reject) => {
				stream.write(text, error => {
					if (error === null || error === undefined) {
						resolve();
					} else {
						reject(writeError(error, name));
					}
				});
			}),
	};
};

/** Of a terminal that does not know its size. */
const USUAL_COLUMNS = 80;

/** Sockets count as well: that is what some programs connect their children by. */
const isPipe = (descriptor: number): boolean => {
	// As bigints: other numbers stay in a buffer that Node 20 looks at when it follows links to modules, and a pipe in it
	// ends that too early.
	const status = fstatSync(descriptor, {bigint: true});
	return status.isFIFO() || status.isSocket();
};

const writeError = (error: NodeJS.ErrnoException, name: string): Error =>
	error.code === 'EPIPE' ? new BrokenPipe() : streamError(name, error);
