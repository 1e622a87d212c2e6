import {BrokenPipe, type CommandIo, type TextSink} from './io.ts';

/** The process itself. */
export const processIo = (): CommandIo => ({
	stdin: process.stdin,
	stdout: streamSink(process.stdout),
	stderr: streamSink(process.stderr),
	now: () => Date.now(),

	onInterrupt: listener => {
		const onInterrupt = (signal: NodeJS.Signals): void => {
			if (signal === 'SIGINT' || signal === 'SIGTERM') {
				stop();
				listener(signal);
			}
		};
		const stop = (): void => {
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

const streamSink = (stream: NodeJS.WriteStream): TextSink => {
	// Without a listener an error would end the process; each write reports its own below.
	stream.on('error', () => {});
	return {
		write: async text =>
			new Promise((resolve, reject) => {
				stream.write(text, error => {
					if (error === null || error === undefined) {
						resolve();
					} else {
						reject((error as NodeJS.ErrnoException).code === 'EPIPE' ? new BrokenPipe() : error);
					}
				});
			}),
	};
};
