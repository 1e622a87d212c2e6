import {type IdentifierRange, only} from './identifier-range.ts';

/** One word, or two: `::cafe`, `::dead:beef`. */
export const words = (): IdentifierRange[] => {
	const groups = WORDS.map(word => BigInt(`0x${word}`));
	return [
		...groups.map(only),
		...groups.flatMap(first => groups.map(second => only((first << 16n) | second))),
	];
};

const WORDS = (
	'abba ace add babe bad bade bead bed bee beef cab cafe dad dead deaf deed fab face fade fed fee feed ' +
	'a11 b00c b00d ba5e c001 c0c0 c0de c0ed d00d f00 f00d fa11 1337 5afe'
).split(' ');
