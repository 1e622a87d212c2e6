import {open} from 'node:fs/promises';
import {type Micros, type Progress, SECOND} from '@halfopen/model';
import {fileError} from '../process/file-error.ts';

/** How often a status is written, in milliseconds. */
export const STATUS_INTERVAL = 1000;

export type StatusState = 'running' | 'ended';

/** The file of --status-file: NDJSON, one object for each status. */
export interface StatusFile {
	/** Writes are in order; one that fails is the last, and `close` tells it. */
	write(record: string): void;
	/** Resolves when everything is written, with what went wrong, if anything. */
	close(): Promise<Error | undefined>;
}

/** @throws ScanError `ERR_HALFOPEN_OPTION` when the file cannot be written */
export const openStatusFile = async (path: string): Promise<StatusFile> => {
	const handle = await open(path, 'w').catch((error: unknown) => {
		throw fileError('--status-file', 'write', path, error);
	});
	let failure: Error | undefined;
	const append = async (record: string, before: Promise<void>): Promise<void> => {
		await before;
		try {
			await (failure === undefined ? handle.appendFile(record) : undefined);
		} catch (error) {
			failure = fileError('--status-file', 'write', path, error);
		}
	};
	let writing = Promise.resolve();
	return {
		write: record => {
			writing = append(record, writing);
		},
		close: async () => {
			await writing;
			await handle.close();
			return failure;
		},
	};
};

/** One line: times in seconds, the time of day as in RFC 3339, shares from 0 to 1; what is not known is absent. */
export const formatStatus = (progress: Progress, state: StatusState, at: number): string =>
	`${JSON.stringify({
		time: new Date(at).toISOString(),
		state,
		elapsed: inSeconds(progress.elapsed),
		portsDone: progress.portsDone,
		portsLeft: progress.portsTotal - progress.portsDone,
		portsTotal: progress.portsTotal,
		hostsDone: progress.hostsDone,
		hostsUp: progress.hostsUp,
		hostsTotal: progress.hostsTotal,
		hostsAsked: progress.hostsAsked,
		hostsFound: progress.hostsFound,
		probes: progress.probesSent,
		rate: toThousandths(progress.rateNow ?? progress.rate),
		answers: progress.portsAnswered,
		loss: progress.loss,
		timeLeft: progress.timeLeft === undefined ? undefined : inSeconds(progress.timeLeft),
	})}\n`;

const inSeconds = (duration: Micros): number => toThousandths(duration / SECOND);

const toThousandths = (value: number): number => Math.round(value * 1000) / 1000;
