// The words of a command line, taken apart as getopt_long_only does it, which Nmap uses: options anywhere among
// the operands, long ones with one dash or two and as short as is unique, arguments in the same word or the next.

import type {ScanError} from '@halfopen/model';
import {nearestName} from './nearest-name.ts';
import {optionError} from './option-error.ts';
import type {Option} from './option.ts';
import {OPTIONS} from './options.ts';
import {REFUSALS, REFUSED_OPTIONS, type RefusedOption} from './refused-options.ts';

/** An option as it was given. `text` is its argument, empty when there is none. */
export interface GivenOption {
	readonly option: Option;
	readonly text: string;
	/** The words that it was given in. */
	readonly words: readonly string[];
}

export type Word = GivenOption | {readonly operand: string};

/** What a spelling stands for. */
type Meaning = {readonly name: string} & ({readonly option: Option} | {readonly refused: RefusedOption});

/**
 * Yields options and operands in the order typed.
 * @throws ScanError `ERR_HALFOPEN_OPTION` at a word that is no option, or one that is refused
 */
export function* readWords(words: readonly string[]): Generator<Word, void, undefined> {
	const left = [...words];
	for (let word = left.shift(); word !== undefined; word = left.shift()) {
		if (word === '--') {
			yield* left.splice(0).map(operand => ({operand}));
		} else if (word.startsWith('-') && word !== '-') {
			yield* readOption(word, left);
		} else {
			refuseUnicodeDash(word);
			yield {operand: word};
		}
	}
}

/** The options in a word that begins with a dash. Takes the next word when it is the argument. */
function* readOption(word: string, left: string[]): Generator<GivenOption, void, undefined> {
	for (const spelled of splitCluster(word)) {
		const {meaning, attached} = findMeaning(spelled);
		if ('refused' in meaning) {
			throw optionError(REFUSALS[meaning.refused.refusal](meaning.name));
		}

		const {option} = meaning;
		if (attached === undefined && takesNext(option, left[0])) {
			const next = left.shift();
			if (next === undefined) {
				throw optionError(`${meaning.name}: expected ${option.argument?.label}, got nothing`);
			}

			yield {option, text: next, words: [word, next]};
		} else {
			if (attached !== undefined && option.argument === undefined) {
				throw optionError(`${meaning.name}: expected no argument, got \`${attached}\``);
			}

			yield {option, text: attached ?? '', words: [spelled]};
		}
	}
}

const takesNext = ({argument}: Option, next: string | undefined): boolean =>
	argument?.isOptional === true
		? next !== undefined && argument.isNext?.(next) === true
		: argument !== undefined;

/** `-vv` is `-v -v`, and `-sSV` is `-sS -sV`. */
const splitCluster = (word: string): readonly string[] => {
	if (/^--?(v{2,}|d{2,})$/.test(word)) {
		return Array.from(word.replace(/^--?/, ''), letter => `-${letter}`);
	}

	const isCluster = /^-s[A-Za-z]{2,}$/.test(word) && candidatesFor(word).length === 0;
	return isCluster ? Array.from(word.slice(2), letter => `-s${letter}`) : [word];
};

const findMeaning = (word: string): {readonly meaning: Meaning; readonly attached?: string} => {
	const [spelled, ...rest] = word.split('=');
	const value = rest.length === 0 ? {} : {attached: rest.join('=')};
	const exact = EXACT.get(spelled) ?? EXACT.get(otherDashes(spelled));
	if (exact !== undefined) {
		return {meaning: exact, ...value};
	}

	const candidates = candidatesFor(spelled);
	if (candidates.length === 1) {
		return {meaning: candidates[0], ...value};
	}

	const glued = MEANINGS.find(meaning => takesGlued(meaning) && isGlued(word, meaning.name));
	if (glued !== undefined && (candidates.length === 0 || spelled.length < LEAST_WORD)) {
		return {meaning: glued, attached: word.slice(glued.name.length)};
	}

	throw candidates.length === 0 ? unknownOption(spelled) : ambiguousOption(spelled, candidates);
};

/** Letters and dash from which on a word is a long option cut short rather than a letter with its argument. */
const LEAST_WORD = 4;

const MEANINGS: readonly Meaning[] = [
	...OPTIONS.flatMap(option => option.names.map(name => ({name, option}))),
	...REFUSED_OPTIONS.map(refused => ({name: refused.name, refused})),
];

const EXACT: ReadonlyMap<string, Meaning> = new Map(MEANINGS.map(meaning => [meaning.name, meaning]));

/** Long options are written with one dash as well; `-oN` and the like with two. Single letters are not. */
const otherDashes = (spelled: string): string =>
	spelled.startsWith('--') ? (spelled.length > 3 ? spelled.slice(1) : spelled) : `-${spelled}`;

/** Long options that begin like this, one for each meaning. */
const candidatesFor = (spelled: string): Meaning[] => {
	const bare = spelled.replace(/^--?/, '');
	if (bare.length < 2 && !spelled.startsWith('--')) {
		return [];
	}

	const found = MEANINGS.filter(({name}) => name.startsWith('--') && name.slice(2).startsWith(bare));
	return found.filter((meaning, index) => found.findIndex(each => isSame(each, meaning)) === index);
};

const isSame = (a: Meaning, b: Meaning): boolean =>
	'option' in a
		? 'option' in b && a.option === b.option
		: 'refused' in b && a.refused.refusal === b.refused.refusal;

const takesGlued = (meaning: Meaning): boolean =>
	'option' in meaning
		? meaning.option.argument !== undefined &&
			(meaning.name.length === 2 || meaning.option.argument.isGlued === true)
		: meaning.refused.glued;

/** `-p22` for `-p`; of an optional argument only a number is taken. */
const isGlued = (word: string, name: string): boolean =>
	word.startsWith(name) && (!/^-[vd]$/.test(name) || /^\d+$/.test(word.slice(2)));

const unknownOption = (spelled: string): ScanError => {
	const nearest =
		spelled.length < 3
			? undefined
			: nearestName(
					spelled,
					OPTIONS.flatMap(({names}) => names),
				);
	return optionError(
		`unknown option \`${spelled}\`${nearest === undefined ? '; see halfopen --help' : `; did you mean ${nearest}?`}`,
	);
};

const ambiguousOption = (spelled: string, candidates: readonly Meaning[]): ScanError =>
	optionError(`\`${spelled}\` could be ${candidates.map(({name}) => name).join(', ')}`);

/** Dashes that a word processor puts in the place of `-`. */
const refuseUnicodeDash = (word: string): void => {
	if (/^[\u2010-\u2015\u2212]/.test(word)) {
		throw optionError(
			`\`${word}\` begins with a dash that is no ASCII hyphen; was it copied from a document?`,
		);
	}
};
