import {readFileSync} from 'node:fs';

/** A file in `data`: by port, what stands behind the first tab of its row, in the order of the rows. */
export const readTable = (name: string): ReadonlyMap<number, string> => {
	const table = new Map<number, string>();
	for (const row of readFileSync(new URL(`../data/${name}`, import.meta.url), 'latin1')
		.trimEnd()
		.split('\n')) {
		const tab = row.indexOf('\t');
		table.set(Number(row.slice(0, tab)), row.slice(tab + 1));
	}

	return table;
};

/** Makes a value when it is first asked for, and keeps it. */
export const lazy = <Value>(make: () => Value): (() => Value) => {
	let made: {readonly value: Value} | undefined;
	return () => (made ??= {value: make()}).value;
};
