import {open, rm, stat, type FileHandle} from 'node:fs/promises';
import {fileError, streamError} from '../process/file-error.ts';
import type {TextSink} from '../process/io.ts';

/**
 * A file that a report is written to. It is opened before anything is sent, so that a report that cannot be
 * written is known at once, but keeps its old content until the scan really begins.
 */
export interface ReportFile extends TextSink {
	/** The scan begins: empties the file, unless it is appended to. */
	begin(): Promise<void>;
	/** Closes the file. When the scan never began it is left as it was found. */
	close(): Promise<void>;
}

/** @throws ScanError `ERR_HALFOPEN_OPTION` when the file cannot be opened for writing */
export const openReportFile = async (path: string, append: boolean): Promise<ReportFile> => {
	const isNew = await isMissing(path);
	const file = await openForAppending(path);
	let begun = false;
	return {
		begin: async () => {
			begun = true;
			if (!append && (await file.stat()).isFile()) {
				await file.truncate();
			}
		},
		write: async text => {
			try {
				await file.appendFile(text);
			} catch (error) {
				throw streamError(path, error);
			}
		},
		close: async () => {
			await file.close();
			if (isNew && !begun) {
				await rm(path, {force: true});
			}
		},
	};
};

const isMissing = async (path: string): Promise<boolean> => {
	try {
		await stat(path);
		return false;
	} catch {
		return true;
	}
};

const openForAppending = async (path: string): Promise<FileHandle> => {
	try {
		return await open(path, 'a');
	} catch (error) {
		throw fileError('-oN', 'write', path, error);
	}
};
