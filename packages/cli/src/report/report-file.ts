import type {Stats} from 'node:fs';
import {chmod, open, realpath, rename, rm, stat, type FileHandle} from 'node:fs/promises';
import {fileError, streamError} from '../process/file-error.ts';
import type {RecordSink} from './batched-writer.ts';
import {RecordBatch, type Part} from './record-batch.ts';
import {RecordEnds} from './record-ends.ts';

/**
 * A file that a report is written to. It is opened before anything is sent, so that a report that cannot be written is
 * known at once. A file that is replaced keeps its old content until the new one is complete.
 */
export interface ReportFile extends RecordSink {
	/** The report goes behind what the file has already. */
	readonly isContinued: boolean;
	/** The scan begins. */
	begin(): Promise<void>;
	/**
	 * Writes the last record where no room was left for it: as many of the records before it are given up as it needs.
	 * @throws ScanError `ERR_HALFOPEN_SYSTEM` when there is no room even so
	 */
	squeezeIn(record: Part): Promise<void>;
	/** Closes the file. When the scan never began all is left as it was found. */
	close(): Promise<void>;
}

/** How a report goes into its file. */
export interface FileUse {
	/** Behind what the file has already. */
	readonly append: boolean;
	/** Where there is no room for a record, those of its lines are kept for which there is. */
	readonly keepsLines?: boolean | undefined;
}

/** @throws ScanError `ERR_HALFOPEN_OPTION`, naming the option, when the file cannot be opened for writing */
export const openReportFile = async (option: string, path: string, use: FileUse): Promise<ReportFile> => {
	try {
		return new OpenReportFile(path, await place(path, use.append), use.keepsLines === true);
	} catch (error) {
		throw fileError(option, 'write', path, error);
	}
};

/** Where the bytes of a report go until it is complete. */
interface Place {
	readonly handle: FileHandle;
	/** Bytes that were there before. */
	readonly size: number;
	readonly isRegular: boolean;
	/** The file did not exist. */
	readonly isNew: boolean;
	/** The file is emptied first: it cannot be replaced as a whole. */
	readonly isEmptied: boolean;
	/** Written under the first name, and renamed to the second at the end. */
	readonly renamed?: readonly [from: string, to: string];
}

const place = async (path: string, append: boolean): Promise<Place> => {
	const found = await statusOf(path);
	if (found === undefined) {
		return {handle: await open(path, 'a'), size: 0, isRegular: true, isNew: true, isEmptied: false};
	}

	const isRegular = found.isFile();
	if (isRegular && !append) {
		const beside = await placeBeside(path, found.mode);
		if (beside !== undefined) {
			return beside;
		}
	}

	const size = isRegular ? found.size : 0;
	return {handle: await open(path, 'a'), size, isRegular, isNew: false, isEmptied: isRegular && !append};
};

/** A file beside one that is to be replaced; `undefined` where the folder allows none. */
const placeBeside = async (path: string, mode: number): Promise<Place | undefined> => {
	const to = await realpath(path);
	await (await open(to, 'a')).close(); // What may not be written may not be replaced either.
	const from = `${to}.${process.pid}.partial`;
	try {
		const handle = await open(from, 'wx');
		await chmod(from, mode);
		return {handle, size: 0, isRegular: true, isNew: false, isEmptied: false, renamed: [from, to]};
	} catch (error) {
		if (['EACCES', 'EPERM', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '')) {
			return undefined;
		}

		throw error;
	}
};

const statusOf = async (path: string): Promise<Stats | undefined> => {
	try {
		return await stat(path);
	} catch {
		return undefined;
	}
};

class OpenReportFile implements ReportFile {
	readonly #path: string;
	readonly #place: Place;
	readonly #ends: RecordEnds;
	readonly #keepsLines: boolean;
	#size: number;
	#hasBegun = false;

	constructor(path: string, where: Place, keepsLines: boolean) {
		this.#path = path;
		this.#keepsLines = keepsLines;
		this.#place = where;
		this.#size = where.isEmptied ? 0 : where.size;
		this.#ends = new RecordEnds(this.#size);
	}

	get isContinued(): boolean {
		return this.#size > 0;
	}

	async begin(): Promise<void> {
		this.#hasBegun = true;
		if (this.#place.isEmptied) {
			await this.#named(async () => this.#place.handle.truncate());
		}
	}

	async write({bytes, ends}: RecordBatch): Promise<void> {
		const start = this.#size;
		try {
			await this.#named(async () => this.#append(bytes));
			this.#ends.add(ends);
		} catch (error) {
			this.#ends.add(this.#keepsLines ? lineEnds(bytes.subarray(0, this.#size - start)) : ends);
			throw error;
		}
	}

	async squeezeIn(record: Part): Promise<void> {
		const {bytes} = RecordBatch.of(record);
		await this.#named(async () => {
			if (this.#place.isRegular) {
				this.#size = this.#ends.lastUpTo(this.#size - bytes.length);
				await this.#place.handle.truncate(this.#size);
			}

			await this.#append(bytes);
		});
	}

	async close(): Promise<void> {
		const {handle, isNew, renamed} = this.#place;
		await this.#named(async () => {
			await handle.close();
			if (!this.#hasBegun && (isNew || renamed !== undefined)) {
				await rm(renamed?.[0] ?? this.#path, {force: true});
			} else if (renamed !== undefined) {
				await rename(...renamed);
			}
		});
	}

	/** What fails names the file. */
	async #named(action: () => Promise<void>): Promise<void> {
		try {
			await action();
		} catch (error) {
			throw streamError(this.#path, error);
		}
	}

	/** Counts what was written even when not all of it was. */
	async #append(bytes: Uint8Array): Promise<void> {
		for (let at = 0; at < bytes.length;) {
			const {bytesWritten} = await this.#place.handle.write(bytes, at);
			at += bytesWritten;
			this.#size += bytesWritten;
		}
	}
}

/** The position behind each line. */
const lineEnds = (bytes: Uint8Array): number[] => {
	const ends: number[] = [];
	for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) {
		ends.push(at + 1);
	}

	return ends;
};

const LINE_FEED = 10;
