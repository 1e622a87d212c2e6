import {
	DEFAULT_REACH,
	identifiersOf,
	type Ipv6Pattern,
	MOST_LOW_BITS,
	MOST_SEED_REACH,
} from '@halfopen/targets';
import {type Argument, list, wholeNumber} from './argument.ts';
import {valueError, withOption} from './option-error.ts';

/** A pattern as typed: whose MAC addresses those are, and what seeds there are, is found out later. */
export type TypedPattern =
	| Exclude<Ipv6Pattern, {kind: 'eui64' | 'seeds'}>
	| {readonly kind: 'eui64'; readonly maker: string}
	| {readonly kind: 'seeds'; readonly reach: number};

/** Words between commas, each a kind of pattern and perhaps a colon with what belongs to it. */
export const ipv6Patterns: Argument<readonly TypedPattern[]> = {
	...list('LIST'),
	read: (value, option) =>
		list('LIST')
			.read(value, option)
			.map(word => readPattern(word, option)),
	completes: ['low-byte', 'ports', 'words', 'eui64:', 'ipv4:', 'seeds'],
};

const readPattern = (word: string, option: string): TypedPattern => {
	const [, name = '', rest = ''] = /^([^:]*):?(.*)$/.exec(word) ?? [];
	const pattern = isKind(name) ? READERS[name](rest, `${option} ${name}`) : undefined;
	if (pattern === undefined) {
		throw valueError(option, EXPECTED, word);
	}

	return pattern;
};

const EXPECTED =
	'low-byte, low-byte:BITS, ports, words, eui64:OUI, eui64:VENDOR, ipv4:ADDRESSES, seeds or seeds:N';

type Reader = (rest: string, option: string) => TypedPattern | undefined;

/** By kind: what the text behind the colon means; undefined when it means nothing. */
const READERS: Readonly<Record<TypedPattern['kind'], Reader>> = {
	'low-byte': (rest, option) =>
		rest === ''
			? {kind: 'low-byte'}
			: {kind: 'low-byte', bits: wholeNumber(1, MOST_LOW_BITS).read(rest, option)},
	ports: rest => (rest === '' ? {kind: 'ports'} : undefined),
	words: rest => (rest === '' ? {kind: 'words'} : undefined),
	eui64: rest => (rest === '' ? undefined : {kind: 'eui64', maker: rest}),
	ipv4: (rest, option) => (rest === '' ? undefined : checkedIpv4({kind: 'ipv4', targets: rest}, option)),
	seeds: (rest, option) => ({
		kind: 'seeds',
		reach: rest === '' ? DEFAULT_REACH : wholeNumber(0, MOST_SEED_REACH).read(rest, option),
	}),
};

const checkedIpv4 = (pattern: Ipv6Pattern & {kind: 'ipv4'}, option: string): TypedPattern => {
	try {
		identifiersOf([pattern]);
		return pattern;
	} catch (error) {
		throw withOption(option, error);
	}
};

const isKind = (name: string): name is TypedPattern['kind'] => Object.hasOwn(READERS, name);
