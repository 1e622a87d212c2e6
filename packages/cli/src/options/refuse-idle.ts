import {optionError} from './option-error.ts';
import type {Settings} from './settings.ts';

/**
 * Refuses what was typed and would change nothing. A config file may say it all the same: it is for many scans.
 * @throws ScanError `ERR_HALFOPEN_OPTION`
 */
export const refuseIdle = (typed: Partial<Settings>, {csvFile}: Settings): void => {
	if (typed.csvFields !== undefined && csvFile === undefined) {
		throw optionError('--fields: expected -oC too, got no CSV that would have them');
	}
};
