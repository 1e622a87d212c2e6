/** The name that was most likely meant: the one with the fewest typing errors, if those are few for the length of the text. */
export const nearestName = (text: string, names: readonly string[]): string | undefined => {
	const most = Math.min(text.length - 1, Math.max(1, Math.floor(text.length / 3)));
	const [nearest] = names
		.map(name => ({name, errors: typingErrors(text, name)}))
		.filter(({errors}) => errors <= most)
		.sort((a, b) => a.errors - b.errors);
	return nearest?.name;
};

/** Characters missing, too many, wrong, or swapped with their neighbour (optimal string alignment). */
const typingErrors = (a: string, b: string): number => {
	const table = Array.from({length: a.length + 1}, (_, row) =>
		Array.from({length: b.length + 1}, (_each, column) => (row === 0 ? column : column === 0 ? row : 0)),
	);
	for (let row = 1; row <= a.length; row++) {
		for (let column = 1; column <= b.length; column++) {
			const isSame = a[row - 1] === b[column - 1];
			const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
			table[row][column] = Math.min(
				table[row - 1][column] + 1,
				table[row][column - 1] + 1,
				table[row - 1][column - 1] + (isSame ? 0 : 1),
				isSwapped ? table[row - 2][column - 2] + 1 : Infinity,
			);
		}
	}

	return table[a.length][b.length];
};
