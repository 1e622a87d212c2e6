import {type ChildProcessByStdio, spawn} from 'node:child_process';
import type {Readable, Writable} from 'node:stream';
import {ScanError} from '@halfopen/model';

/** A program that is started, with pipes to and from it. */
export interface PipedChild {
	readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
	/**
	 * Its exit status, when it has ended and all it said was read; `null` when a signal ended it.
	 * Rejects with a ScanError `ERR_HALFOPEN_SYSTEM` when it could not be started.
	 */
	readonly end: Promise<number | null>;
}

export const startPiped = (command: string, args: readonly string[]): PipedChild => {
	const child = spawn(command, args, {stdio: ['pipe', 'pipe', 'pipe']});
	child.stdin.on('error', () => {}); // It may end without reading its input
	const end = new Promise<number | null>((resolve, reject) => {
		child.once('close', resolve);
		child.once('error', cause => {
			reject(new ScanError('ERR_HALFOPEN_SYSTEM', `Failed to run \`${command}\`: ${cause.message}`, {cause}));
		});
	});
	end.catch(() => {}); // Whoever waits for it is told
	return {process: child, end};
};

/** Waits until the program says that it is ready; false when it ends without. */
export const isReady = async ({process: child}: PipedChild): Promise<boolean> => {
	for await (const said of child.stdout) {
		if (String(said).includes('ready')) {
			return true;
		}
	}

	return false;
};
