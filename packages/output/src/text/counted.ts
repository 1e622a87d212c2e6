/** A count and its noun, as in `1 port` and `2 ports`; the plural is the noun and an `s` unless given. */
export const counted = (count: number, noun: string, plural: string = `${noun}s`): string =>
	`${count} ${count === 1 ? noun : plural}`;
