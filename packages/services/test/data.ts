import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

/** The path of a file of this package. */
export const pathOf = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** The columns of each row of a file in `data`, as they are. */
export const rowsOf = (file: string): string[][] =>
	readFileSync(pathOf(`data/${file}`), 'utf8')
		.split(/(?<=\n)/)
		.map(row => row.replace(/\n$/, '').split('\t'));
