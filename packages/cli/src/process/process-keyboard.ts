import {readFileSync} from 'node:fs';
import type {Keyboard} from './io.ts';

/**
 * The keyboard of standard input, when that is a terminal and this process in its foreground: a process in the
 * background would be stopped for touching it.
 */
export const processKeyboard = (): Keyboard | undefined => {
	const {stdin} = process;
	return stdin.isTTY && isInForeground() ? {onKey: listener => readKeys(stdin, listener)} : undefined;
};

/** Fields 5 and 8 of proc(5): the group of this process, and that in the foreground of its terminal. */
const isInForeground = (): boolean => {
	try {
		const [, , group, , , foreground] = readFileSync('/proc/self/stat', 'utf8')
			.replace(/^.*\) /s, '')
			.split(' ');
		return group === foreground;
	} catch {
		return false;
	}
};

const readKeys = (stdin: NodeJS.ReadStream, listener: (key: string) => void): (() => void) => {
	const onData = (data: Buffer): void => {
		for (const key of data.toString('utf8')) {
			const signal = SIGNAL_OF_KEY[key];
			if (signal === undefined) {
				listener(key);
			} else {
				raise(signal);
			}
		}
	};
	const onContinue = (): void => {
		stdin.setRawMode(true);
	};
	const onDeath = (signal: NodeJS.Signals): void => {
		stop();
		process.kill(process.pid, signal);
	};
	const raise = (signal: NodeJS.Signals): void => {
		if (signal === 'SIGTSTP') {
			stdin.setRawMode(false);
			process.kill(WHOLE_GROUP, signal);
		} else {
			process.kill(process.pid, signal);
		}
	};
	const stop = (): void => {
		process.off('SIGCONT', onContinue).off('exit', stop).off('SIGQUIT', onDeath).off('SIGHUP', onDeath);
		stdin.off('data', onData).setRawMode(false).pause();
	};
	stdin.setRawMode(true).resume().on('data', onData);
	process.on('SIGCONT', onContinue).on('exit', stop).on('SIGQUIT', onDeath).on('SIGHUP', onDeath);
	return stop;
};

/** In raw mode the keys that send signals are keys like others: Ctrl-C, Ctrl-\, Ctrl-Z. */
const SIGNAL_OF_KEY: Readonly<Record<string, NodeJS.Signals>> = {
	'\u0003': 'SIGINT',
	'\u001C': 'SIGQUIT',
	'\u001A': 'SIGTSTP',
};

/** To `kill`, every process of the job: as the terminal does it. */
const WHOLE_GROUP = 0;
