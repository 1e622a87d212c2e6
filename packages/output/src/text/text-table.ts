/** Rows as lines: each column as wide as its widest cell, one blank between, none at the end of a line. */
export const formatTable = (rows: readonly (readonly string[])[]): string => {
	const widths = widthsOf(rows);
	let text = '';
	for (const row of rows) {
		text += formatRow(row, widths);
	}

	return text;
};

const widthsOf = (rows: readonly (readonly string[])[]): number[] => {
	const widths: number[] = [];
	for (const row of rows) {
		for (let column = 0; column < row.length; column++) {
			widths[column] = Math.max(widths[column] ?? 0, row[column].length);
		}
	}

	return widths;
};

const formatRow = (row: readonly string[], widths: readonly number[]): string => {
	const last = row.length - 1;
	let text = '';
	for (let column = 0; column < last; column++) {
		text += `${row[column].padEnd(widths[column])} `;
	}

	return `${text}${row[last]}\n`;
};
