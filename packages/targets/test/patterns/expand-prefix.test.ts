import {formatAddress, parseAddress, ScanError} from '@halfopen/model';
import fc from 'fast-check';
import test from 'ava';
import {
	buildTargetSet,
	expandPrefix,
	identifiersOf,
	type Ipv6Block,
	type Ipv6Pattern,
	macPrefixOf,
	parseTarget,
	type TargetSet,
} from '../../src/index.ts';
import {listAddresses} from '../addresses.ts';

const prefixOf = (text: string): Ipv6Block => {
	const spec = parseTarget(text);
	if (spec.kind !== 'block' || spec.block.family !== 6) {
		throw new Error(`${text} is no prefix of IPv6`);
	}

	return spec.block;
};

const expand = (prefix: string, ...patterns: readonly Ipv6Pattern[]): TargetSet =>
	buildTargetSet(expandPrefix(prefixOf(prefix), identifiersOf(patterns), prefix));

const lists = test.macro({
	title: (_, prefix: string, pattern: Ipv6Pattern, addresses: string) =>
		`${JSON.stringify(pattern)} in ${prefix}: ${addresses}`,
	exec(t, prefix: string, pattern: Ipv6Pattern, addresses: string) {
		t.is(listAddresses(expand(prefix, pattern)).join(' '), addresses);
	},
});

test(lists, '2001:db8::/64', {kind: 'low-byte', bits: 2}, '2001:db8::1 2001:db8::2 2001:db8::3');
test(lists, '2001:db8::/63', {kind: 'low-byte', bits: 1}, '2001:db8::1 2001:db8:0:1::1');
test(lists, 'fe80::/64', {kind: 'low-byte', bits: 1}, 'fe80::1');
test(lists, 'fe80::%eth0/64', {kind: 'low-byte', bits: 1}, 'fe80::1%eth0');
test(lists, '2001:db8::/127', {kind: 'low-byte'}, '2001:db8::1');
test(lists, '2001:db8::100/120', {kind: 'low-byte'}, '');
test(
	lists,
	'2001:db8::/64',
	{kind: 'eui64', prefixes: ['00:0c:29:12:34:56', '00-00-00-00-00-01']},
	'2001:db8::20c:29ff:fe12:3456 2001:db8::200:ff:fe00:1',
);
test(
	lists,
	'2001:db8::20c:29ff:fe12:3400/126',
	{kind: 'eui64', prefixes: ['000C29']},
	[0, 1, 2, 3].map(last => `2001:db8::20c:29ff:fe12:340${last}`).join(' '),
);
test(
	lists,
	'2001:db8::/64',
	{kind: 'ipv4', targets: '192.0.2.9-10'},
	'2001:db8::c000:209 2001:db8::c000:20a 2001:db8::192:0:2:9 2001:db8::192:0:2:10',
);
test(
	lists,
	'2001:db8::/62',
	{kind: 'seeds', reach: 1, addresses: ['2001:db8:9::a:7%eth0']},
	[0, 1, 2, 3]
		.flatMap(network => [6, 7, 8].map(last => `2001:db8:0:${network}::a:${last}`.replace(':0:0::', '::')))
		.join(' '),
);
test(
	lists,
	'2001:db8::/64',
	{kind: 'seeds', reach: 2, addresses: ['::1', '::ffff:ffff:ffff:ffff']},
	'2001:db8:: 2001:db8::1 2001:db8::2 2001:db8::3 2001:db8::ffff:ffff:ffff:fffd 2001:db8::ffff:ffff:ffff:fffe 2001:db8::ffff:ffff:ffff:ffff',
);

const includes = test.macro({
	title: (_, pattern: Ipv6Pattern, size: number, included: string, missing: string) =>
		`${JSON.stringify(pattern)} makes ${size} addresses of a network, ${included} and not ${missing}`,
	exec(t, pattern: Ipv6Pattern, size: number, included: string, missing: string) {
		const set = expand('2001:db8::/64', pattern);
		t.is(set.size, size);
		t.true(set.has(parseAddress(included)!));
		t.false(set.has(parseAddress(missing)!));
	},
});

test(includes, {kind: 'low-byte'}, 255, '2001:db8::ff', '2001:db8::');
test(includes, {kind: 'low-byte', bits: 16}, 65_535, '2001:db8::ffff', '2001:db8::1:0');
test(includes, {kind: 'low-byte', bits: 32}, 2 ** 32 - 1, '2001:db8::ffff:ffff', '2001:db8::');
test(
	includes,
	{kind: 'eui64', prefixes: ['000c29']},
	2 ** 24,
	'2001:db8::20c:29ff:feff:ffff',
	'2001:db8::20c:29ff:ff00:0',
);
test(
	includes,
	{kind: 'eui64', prefixes: ['000c291']},
	2 ** 20,
	'2001:db8::20c:29ff:fe10:0',
	'2001:db8::20c:29ff:fe20:0',
);
test(
	includes,
	{kind: 'eui64', prefixes: ['000c29123']},
	2 ** 12,
	'2001:db8::20c:29ff:fe12:3fff',
	'2001:db8::20c:29ff:fe12:4000',
);
test(includes, {kind: 'ports'}, 276, '2001:db8::443', '2001:db8::2');
test(includes, {kind: 'ports'}, 276, '2001:db8::1bb', '2001:db8::80:2');
test(includes, {kind: 'ports'}, 276, '2001:db8::80:1', '2001:db8::80:0');
test(includes, {kind: 'ports'}, 276, '2001:db8::1:80', '2001:db8::2:80');
test(includes, {kind: 'words'}, 36 + 36 ** 2, '2001:db8::cafe', '2001:db8::cafd');
test(includes, {kind: 'words'}, 36 + 36 ** 2, '2001:db8::dead:beef', '2001:db8:0:0:dead:beef::');
test(
	includes,
	{kind: 'ipv4', targets: '10.0.0.0/12'},
	2 ** 21,
	'2001:db8::10:15:255:255',
	'2001:db8::10:1a:0:0',
);
test(includes, {kind: 'seeds', addresses: ['::1:0']}, 33, '2001:db8::fff0', '2001:db8::ffef');

const refuses = test.macro({
	title: (_, pattern: Ipv6Pattern, message: string) => `${JSON.stringify(pattern)} is refused: ${message}`,
	exec(t, pattern: Ipv6Pattern, message: string) {
		t.throws(() => identifiersOf([pattern]), {instanceOf: ScanError, message});
	},
});

test(
	refuses,
	{kind: 'random'} as unknown as Ipv6Pattern,
	'Expected a pattern of kind low-byte, eui64, ports, words, ipv4, seeds, got `random`',
);
test(refuses, {kind: 'low-byte', bits: 0}, 'Expected a number of bits between 1 and 32, got `low-byte:0`');
test(refuses, {kind: 'low-byte', bits: 33}, 'Expected a number of bits between 1 and 32, got `low-byte:33`');
test(
	refuses,
	{kind: 'low-byte', bits: 1.5},
	'Expected a number of bits between 1 and 32, got `low-byte:1.5`',
);
for (const prefix of ['', '00:0c', 'vmware', '000c29123456f']) {
	test(
		refuses,
		{kind: 'eui64', prefixes: ['000c29', prefix]},
		`Expected the first 6 to 12 digits of MAC addresses, as in \`00:0c:29\`, got \`${prefix}\``,
	);
}

test(refuses, {kind: 'ipv4', targets: '::1'}, 'Expected IPv4 addresses such as `192.0.2.0/24`, got `::1`');
test(refuses, {kind: 'ipv4', targets: 'name'}, 'Expected IPv4 addresses such as `192.0.2.0/24`, got `name`');
test(
	refuses,
	{kind: 'ipv4', targets: '10.0.0.0/8'},
	'Expected at most 1048576 IPv4 addresses, got `10.0.0.0/8`',
);
test(
	refuses,
	{kind: 'ipv4', targets: '10.0.0.300'},
	'Expected an octet between 0 and 255, got `300` in `10.0.0.300`',
);
test(refuses, {kind: 'seeds', addresses: ['10.0.0.1']}, 'Expected an IPv6 address as a seed, got `10.0.0.1`');
test(refuses, {kind: 'seeds', addresses: ['::/64']}, 'Expected an IPv6 address as a seed, got `::/64`');
test(
	refuses,
	{kind: 'seeds', addresses: [], reach: 65_537},
	'Expected a reach between 0 and 65536, got `seeds:65537`',
);

test('the networks of a short prefix are expanded up to a bound', t => {
	t.is(expand('2001:db8::/48', {kind: 'low-byte', bits: 1}).size, 65_536);
	t.throws(() => expand('2001:db8::/32', {kind: 'low-byte'}), {
		code: 'ERR_HALFOPEN_TARGET',
		message:
			'Expected at most 2^18 ranges of likely addresses, got 1 in each of the 4294967296 networks of `2001:db8::/32`: give longer prefixes or fewer patterns',
	});
});

/** Small enough to be listed. */
const PATTERNS = fc.oneof(
	fc.record({kind: fc.constant('low-byte' as const), bits: fc.integer({min: 1, max: 10})}),
	fc.record({
		kind: fc.constant('eui64' as const),
		prefixes: fc.array(fc.stringMatching(/^[\da-f]{10,12}$/), {maxLength: 3}),
	}),
	fc.constant({kind: 'ports' as const}),
	fc.constant({kind: 'words' as const}),
	fc.ipV4().map(address => ({kind: 'ipv4' as const, targets: `${address}/28`})),
	fc.record({
		kind: fc.constant('seeds' as const),
		addresses: fc.array(
			fc.ipV6().filter(text => !text.includes('.')),
			{maxLength: 3},
		),
		reach: fc.nat({max: 20}),
	}),
);

/** Digits of the last four groups. */
const identifierText = (text: string): string =>
	(parseAddress(text)!.value as bigint).toString(16).padStart(32, '0').slice(16);

type Check<Kind extends Ipv6Pattern['kind']> = (
	digits: string,
	pattern: Ipv6Pattern & {kind: Kind},
) => boolean;

/** What somebody who sees the digits of an identifier would take for the pattern. */
const LOOKS_LIKE: {readonly [Kind in Ipv6Pattern['kind']]: Check<Kind>} = {
	'low-byte': (digits, {bits = 8}) => /[^0]/.test(digits) && BigInt(`0x${digits}`) < 2n ** BigInt(bits),
	eui64: (digits, {prefixes}) => {
		const flipped = (Number.parseInt(digits.slice(0, 2), 16) ^ 2).toString(16).padStart(2, '0');
		const mac = `${flipped}${digits.slice(2, 6)}${digits.slice(10)}`;
		return digits.slice(6, 10) === 'fffe' && prefixes.some(prefix => mac.startsWith(prefix));
	},
	ipv4: (digits, {targets}) => {
		const decimals = digits.match(/.{4}/g)!.map(Number);
		const octets = digits
			.slice(8)
			.match(/../g)!
			.map(octet => Number.parseInt(octet, 16));
		const wanted = listAddresses(buildTargetSet([blockOf(targets)]));
		return [decimals, octets].some(each => wanted.includes(each.join('.')));
	},
	seeds: (digits, {addresses, reach = 16}) =>
		addresses.some(seed => {
			const distance = BigInt(`0x${identifierText(seed)}`) - BigInt(`0x${digits}`);
			return distance <= BigInt(reach) && -distance <= BigInt(reach);
		}),
	ports: digits => /^0{12}/.test(digits) || /^0{8}(?:0001....|....0001)$/.test(digits),
	words: digits => /^0{8}/.test(digits) && !digits.endsWith('0000'),
};

const isOf = (pattern: Ipv6Pattern, text: string): boolean =>
	(LOOKS_LIKE[pattern.kind] as Check<Ipv6Pattern['kind']>)(identifierText(text), pattern);

const blockOf = (text: string) => {
	const spec = parseTarget(text);
	if (spec.kind === 'name') {
		throw new Error(`${text} is a name`);
	}

	return spec.block;
};

test('every address lies in its prefix and looks like its pattern, and none comes twice', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.ipV6(), fc.integer({min: 62, max: 110}), PATTERNS, (address, length, pattern) => {
				const prefix = prefixOf(`${formatAddress(parseAddress(address)!).replace(/.*\..*/, '::')}/${length}`);
				const set = buildTargetSet(expandPrefix(prefix, identifiersOf([pattern]), 'it'));
				const all = listAddresses(set);
				return (
					new Set(all).size === all.length &&
					all.every(text => {
						const value = parseAddress(text)!.value as bigint;
						return value >= prefix.first && value <= prefix.last && isOf(pattern, text);
					})
				);
			}),
			{numRuns: 300},
		),
	);
});

test('a network has exactly the addresses that the pattern says, wherever it is', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.bigInt({min: 0n, max: 2n ** 62n - 1n}), PATTERNS, (network, pattern) => {
				const block: Ipv6Block = {family: 6, first: network << 66n, last: (network << 66n) + 2n ** 66n - 1n};
				const identifiers = new Set<bigint>();
				for (const {first, last} of identifiersOf([pattern])) {
					for (let identifier = first; identifier <= last; identifier++) {
						identifiers.add(identifier);
					}
				}

				return (
					buildTargetSet(expandPrefix(block, identifiersOf([pattern]), 'it')).size === 4 * identifiers.size
				);
			}),
			{numRuns: 100},
		),
	);
});

const readsMac = test.macro({
	title: (_, text: string, digits: string | undefined) =>
		`${JSON.stringify(text)} begins ${digits ?? 'no MAC address'}`,
	exec(t, text: string, digits: string | undefined) {
		t.is(macPrefixOf(text), digits);
	},
});

test(readsMac, '00:0c:29', '000c29');
test(readsMac, '00-0C-29', '000C29');
test(readsMac, '000c29f', '000c29f');
test(readsMac, '00:0c', undefined);
test(readsMac, 'vmware', undefined);
test(readsMac, '000c29123456f', undefined);
