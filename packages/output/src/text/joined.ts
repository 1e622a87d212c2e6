/** The text of each thing, with something between; as `map` and `join`, which take twice as long. */
export const joined = <Thing>(
	things: readonly Thing[],
	textOf: (thing: Thing) => string,
	between: string,
): string => {
	let text = '';
	for (let index = 0; index < things.length; index++) {
		text += index === 0 ? textOf(things[index]) : between + textOf(things[index]);
	}

	return text;
};
