import test from 'ava';
import {formatAddressKey, ScanError} from '@halfopen/model';
import {AddressGuard, pairSpace, pairsOf, parsePairs, parseTarget, permittedPairs} from '../../src/index.ts';
import type {PairList} from '../../src/index.ts';

const parse = async (...chunks: readonly string[]): Promise<PairList> =>
	parsePairs(
		chunks.map(chunk => new TextEncoder().encode(chunk)),
		'pairs.txt',
	);

const describe = (pairs: PairList): string[] => {
	const space = pairSpace(pairs);
	return Array.from({length: space.size}, (_, n) => `${formatAddressKey(space.keyAt(n))} ${space.portAt(n)}`);
};

test('pairs are ascending, each once, IPv4 first', async t => {
	const pairs = await parse(
		'10.0.0.2:80 # web\n[2001:db8::1]:443\n10.0.0.1:22\n10.0.',
		'0.2:22\n10.0.0.1:22\n',
	);
	t.deepEqual(describe(pairs), ['10.0.0.1 22', '10.0.0.2 22', '10.0.0.2 80', '2001:db8::1 443']);
});

test('the ends of what a pair can be', t => {
	t.deepEqual(describe(pairsOf(['255.255.255.255:65535', '0.0.0.0:0', '[::]:0'])), [
		'0.0.0.0 0',
		'255.255.255.255 65535',
		':: 0',
	]);
});

test('a byte order mark does no harm', async t => {
	t.deepEqual(describe(await parse('\u{feff}10.0.0.1:22')), ['10.0.0.1 22']);
});

test('a text without pairs has none', async t => {
	t.is(pairSpace(await parse('# nothing\n')).size, 0);
});

const refuses = test.macro({
	title: (_, word: string) => `\`${word}\` is no pair`,
	async exec(t, word: string) {
		await t.throwsAsync(parse(`10.0.0.1:22\n\n10.0.0.2:22 ${word}\n`), {
			instanceOf: ScanError,
			code: 'ERR_HALFOPEN_TARGET',
			message: `pairs.txt, line 3: Expected an address with a port, as in \`192.0.2.7:22\` or \`[2001:db8::1]:22\`, got \`${word}\``,
		});
	},
});

for (const word of [
	'10.0.0.1',
	'10.0.0.1:',
	'10.0.0.1:65536',
	'10.0.0.1:22:23',
	'10.0.0.256:22',
	'010.0.0.1:22',
]) {
	test(refuses, word);
}

for (const word of [
	'10.0.0.0/24:22',
	'example.org:22',
	'2001:db8::1',
	'[2001:db8::1]',
	'[10.0.0.1]:22',
	'[fe80::1%a]:22',
]) {
	test(refuses, word);
}

test('a pair that is given as text is refused without a line', t => {
	t.throws(() => pairsOf(['10.0.0.1:22', 'x'.repeat(100)]), {
		code: 'ERR_HALFOPEN_TARGET',
		message: `Expected an address with a port, as in \`192.0.2.7:22\` or \`[2001:db8::1]:22\`, got \`${'x'.repeat(79)}…\``,
	});
});

test('pairs of excluded addresses are left out', t => {
	const excluded = ['10.0.0.0/31', '2001:db8::/126'].flatMap(text => {
		const spec = parseTarget(text);
		return spec.kind === 'block' ? [spec.block] : [];
	});
	const pairs = pairsOf(['10.0.0.1:22', '10.0.0.2:22', '[2001:db8::3]:22', '[2001:db8::4]:22']);
	t.deepEqual(describe(permittedPairs(pairs, new AddressGuard(excluded))), ['10.0.0.2 22', '2001:db8::4 22']);
});
