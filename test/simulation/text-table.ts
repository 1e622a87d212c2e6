import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';

const FOLDER = path.join(import.meta.dirname, 'tables');

/** Rows of cells as text, in columns. */
export const textTable = (rows: readonly (readonly string[])[]): string => {
	const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
	return rows
		.map(row =>
			row
				.map((cell, column) => cell.padEnd(widths[column]))
				.join('  ')
				.trimEnd(),
		)
		.map(line => `${line}\n`)
		.join('');
};

/**
 * Compares a table with the one in `tables/NAME.txt`. With `UPDATE_TABLES=1` in the environment it is written instead:
 * review the difference.
 */
export const matchTable = (t: ExecutionContext, name: string, rows: readonly (readonly string[])[]): void => {
	const file = path.join(FOLDER, `${name}.txt`);
	const actual = textTable(rows);
	if (process.env.UPDATE_TABLES === '1') {
		mkdirSync(FOLDER, {recursive: true});
		writeFileSync(file, actual);
	}

	t.is(actual, readFileSync(file, 'utf8'));
};
