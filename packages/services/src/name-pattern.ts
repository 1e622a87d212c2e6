/** Matches whole names: `*` stands for any characters and `?` for one. Case does not matter. */
export const matcherFor = (pattern: string): RegExp => {
	const source = pattern
		.replaceAll(/[\\^$.+()[\]{}|/-]/g, String.raw`\$&`)
		.replaceAll(/\*+/g, '.*')
		.replaceAll('?', '.');
	return new RegExp(`^${source}$`, 'i');
};
