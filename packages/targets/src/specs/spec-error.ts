import {ScanError} from '@halfopen/model';

/** One line that says what is wrong with the part `got` of a specification. */
export const targetError = (expected: string, got: string, spec: string): ScanError =>
	new ScanError('ERR_HALFOPEN_TARGET', describe(expected, got, spec));

export const portError = (expected: string, got: string, spec: string): ScanError =>
	new ScanError('ERR_HALFOPEN_PORT', describe(expected, got, spec));

const describe = (expected: string, got: string, spec: string): string => {
	const part = got === '' ? 'nothing' : quote(got);
	const where = got === spec ? '' : ` in ${quote(spec)}`;
	return `Expected ${expected}, got ${part}${where}`;
};

/** Specifications can be long lists; their start is enough to find them again. */
const quote = (text: string): string => (text.length > 80 ? `\`${text.slice(0, 79)}…\`` : `\`${text}\``);
