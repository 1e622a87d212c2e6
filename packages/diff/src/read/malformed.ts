import {ScanError} from '@halfopen/model';

/** A file that is not as its format has it: where, what was expected, and what is there. */
export const malformed = (name: string, line: number, problem: string): ScanError =>
	new ScanError('ERR_HALFOPEN_OPTION', `${name}, line ${line}: ${problem}`);

/** As much of a text as an error shows. */
export const shown = (text: string): string =>
	`\`${text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text}\``;

const LONGEST_SHOWN = 60;
