/** Rows as lines: each column as wide as its widest cell, one blank between, none at the end of a line. */
export const formatTable = (rows: readonly (readonly string[])[]): string => {
	const widths: number[] = [];
	for (const row of rows) {
		for (const [column, cell] of row.entries()) {
			widths[column] = Math.max(widths[column] ?? 0, cell.length);
		}
	}

	return rows.map(row => formatRow(row, widths)).join('');
};

const formatRow = (row: readonly string[], widths: readonly number[]): string => {
	const last = row.length - 1;
	return `${row.map((cell, column) => (column === last ? cell : cell.padEnd(widths[column]))).join(' ')}\n`;
};
