import {readFile} from 'node:fs/promises';
import type {SimulatedNetwork} from '@halfopen/scanner';
import {fileError} from '../process/file-error.ts';
import {optionError} from '../options/option-error.ts';

/**
 * Reads the network of --simulate. Whether it is described as it should be, the scanner finds out.
 * @throws ScanError `ERR_HALFOPEN_OPTION` when the file cannot be read or is no JSON
 */
export const readNetwork = async (path: string): Promise<SimulatedNetwork> => {
	const text = await readText(path);
	try {
		return JSON.parse(text) as SimulatedNetwork;
	} catch (error) {
		throw optionError(`--simulate: expected JSON in \`${path}\`: ${(error as Error).message}`);
	}
};

const readText = async (path: string): Promise<string> => {
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		throw fileError('--simulate', 'read', path, error);
	}
};
