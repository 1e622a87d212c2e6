/** What a letter behind `%` in the name of an output file stands for: parts of the time when the scan began. */
const PARTS: Readonly<Record<string, (date: Date) => string>> = {
	H: date => two(date.getHours()),
	M: date => two(date.getMinutes()),
	S: date => two(date.getSeconds()),
	m: date => two(date.getMonth() + 1),
	d: date => two(date.getDate()),
	y: date => two(date.getFullYear() % 100),
	Y: date => String(date.getFullYear()),
	T: date => expandFileName('%H%M%S', date),
	R: date => expandFileName('%H%M', date),
	D: date => expandFileName('%m%d%y', date),
	F: date => expandFileName('%Y-%m-%d', date),
};

/** Replaces `%H` and the like in a file name; `%%` is a percent sign, and other letters stand for themselves. */
export const expandFileName = (name: string, at: Date): string =>
	name.replaceAll(/%(.)/gs, (_, letter: string) => PARTS[letter]?.(at) ?? letter);

const two = (value: number): string => String(value).padStart(2, '0');
