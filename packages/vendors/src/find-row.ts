import {Buffer} from 'node:buffer';

/**
 * What stands behind the first tab of the row that begins with `key`, of a table whose rows ascend by their bytes and
 * end with a line feed; undefined when there is none. Nothing is read but the rows on the way.
 */
export const findRow = (table: Buffer, key: string): string | undefined => {
	const wanted = Buffer.from(`${key}\t`);
	let low = 0;
	let high = table.length;
	while (low < high) {
		const start = rowStart(table, (low + high) >>> 1);
		const order = compareAt(table, start, wanted);
		if (order === 0) {
			return table.toString('utf8', start + wanted.length, rowEnd(table, start));
		}

		if (order > 0) {
			high = start;
		} else {
			low = rowEnd(table, start) + 1;
		}
	}

	return undefined;
};

const LINE_FEED = 0x0a;

/** Where the row with this byte begins. */
const rowStart = (table: Buffer, at: number): number => {
	let start = at;
	while (start > 0 && table[start - 1] !== LINE_FEED) {
		start--;
	}

	return start;
};

/** Where the line feed of the row with this byte is. */
const rowEnd = (table: Buffer, at: number): number => {
	let end = at;
	while (table[end] !== LINE_FEED) {
		end++;
	}

	return end;
};

/** Negative when the bytes from `start` come before the wanted ones, 0 when they are the same. */
const compareAt = (table: Buffer, start: number, wanted: Buffer): number => {
	for (const [index, byte] of wanted.entries()) {
		const difference = table[start + index] - byte;
		if (difference !== 0) {
			return difference;
		}
	}

	return 0;
};
