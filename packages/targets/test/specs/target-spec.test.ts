import test from 'ava';
import {ScanError} from '@halfopen/model';
import * as fc from 'fast-check';
import {Address4, Address6} from 'ip-address';
import {parseTarget} from '../../src/index.ts';
import {describeBlock} from '../addresses.ts';

const means = test.macro({
	title: (_, spec: string, ranges: string) => `${spec} means ${ranges}`,
	exec(t, spec: string, ranges: string) {
		const target = parseTarget(spec);
		t.is(target.text, spec);
		t.is(target.kind === 'block' ? describeBlock(target.block) : undefined, ranges);
	},
});

test(means, '10.0.0.1', '10.0.0.1');
test(means, '10.0.0.1,3-5', '10.0.0.1 10.0.0.3-10.0.0.5');
test(means, '10.0-1.0.254-', '10.0.0.254-10.0.0.255 10.1.0.254-10.1.0.255');
test(means, '10.0.0.*', '10.0.0.0-10.0.0.255');
test(means, '10.0.0.*/30', '10.0.0.0-10.0.0.255');
test(means, '10.0.0.-2', '10.0.0.0-10.0.0.2');
test(means, '10.0.0.-', '10.0.0.0-10.0.0.255');
test(means, '10.0.0.1-3,7/31', '10.0.0.0-10.0.0.3 10.0.0.6-10.0.0.7');
test(means, '10.0.0.1/30', '10.0.0.0-10.0.0.3');
test(means, '10.0.0.0-255/31', '10.0.0.0-10.0.0.255');
test(means, '1-2,5.2.3.4', '1.2.3.4 2.2.3.4 5.2.3.4');
test(means, '1.2.3.7,5,5-6,1', '1.2.3.1 1.2.3.5-1.2.3.7');
test(means, '10.0-1.*.*', '10.0.0.0-10.1.255.255');
test(means, '10.0.0-1.0-1,254-', '10.0.0.0-10.0.0.1 10.0.0.254-10.0.1.1 10.0.1.254-10.0.1.255');
test(means, '1,9.0.0.0/4', '0.0.0.0-15.255.255.255');
test(means, '10,32.0.0.1/8', '10.0.0.0-10.255.255.255 32.0.0.0-32.255.255.255');
test(means, '*.*.*.*', '0.0.0.0-255.255.255.255');
test(means, '10.0.0.9-10.0.1.2', '10.0.0.9-10.0.1.2');
test(means, '10.0.0.9-10.0.0.9', '10.0.0.9');
test(means, '1.2.3.4/0', '0.0.0.0-255.255.255.255');
test(means, '255.255.255.255/32', '255.255.255.255');
test(means, '::1', '::1');
test(means, 'fd77::1/126', 'fd77::-fd77::3');
test(means, 'fe80::1%lo', 'fe80::1%lo');
test(means, 'fe80::1%eth0.5/127', 'fe80::%eth0.5-fe80::1%eth0.5');
test(means, '::/0', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff');
test(means, '::ffff:1.2.3.4', '::ffff:1.2.3.4');

test('names are left to be resolved', t => {
	for (const name of [
		'localhost',
		'a.example.org.',
		'10.0.0.1a',
		'1-2.example',
		'bücher.example',
		'_x.example',
	]) {
		t.deepEqual(parseTarget(name), {kind: 'name', text: name, name});
	}

	t.deepEqual(parseTarget('localhost/31'), {
		kind: 'name',
		text: 'localhost/31',
		name: 'localhost',
		prefixLength: 31,
	});
});

const isRefused = test.macro({
	title: (_, spec: string) => `${spec === '' ? 'nothing' : spec} is refused`,
	exec(t, spec: string, message: string) {
		const error = t.throws(() => parseTarget(spec), {instanceOf: ScanError, code: 'ERR_HALFOPEN_TARGET'});
		t.is(error?.message, message);
	},
});

const OCTETS = 'Expected four octets, as in `10.0.0.1` or `10.0-3.*.1,5`';
const OCTET = 'Expected an octet such as `1`, `1-5`, `1,7` or `*`';
const NAME = 'Expected an address, a range of addresses or a host name';
const IPV6 = 'Expected one IPv6 address such as `2001:db8::1`, without brackets or port';

test(isRefused, '', `${NAME}, got nothing`);
test(isRefused, '10.0.0', `${OCTETS}, got \`10.0.0\``);
test(isRefused, '10.0.0.1.2', `${OCTETS}, got \`10.0.0.1.2\``);
test(isRefused, '3232235777', `${OCTETS}, got \`3232235777\``);
test(
	isRefused,
	'10.0.0.9-10.0.0.1',
	'Expected a range from low to high such as `10.0.0.1-10.0.0.9`, got `10.0.0.9-10.0.0.1`',
);
test(isRefused, '10.0.0.1-10.0.0.9/24', `${OCTETS}, got \`10.0.0.1-10.0.0.9\` in \`10.0.0.1-10.0.0.9/24\``);
test(isRefused, '10.0.0.1-10.0.0.3-10.0.0.9', `${OCTETS}, got \`10.0.0.1-10.0.0.3-10.0.0.9\``);
test(isRefused, '10.0.0.1-10.0.0.09', `${OCTETS}, got \`10.0.0.1-10.0.0.09\``);
test(isRefused, '10.0.0/24', `${OCTETS}, got \`10.0.0\` in \`10.0.0/24\``);
test(isRefused, '1.2.3.300', 'Expected an octet between 0 and 255, got `300` in `1.2.3.300`');
test(isRefused, '1.2.3.0-256', 'Expected an octet between 0 and 255, got `256` in `1.2.3.0-256`');
test(isRefused, '10.0.0.5-3', 'Expected a range from low to high such as `3-5`, got `5-3` in `10.0.0.5-3`');
test(isRefused, '10..0.1', `${OCTET}, got nothing in \`10..0.1\``);
test(isRefused, '10.0.0.1,,3', `${OCTET}, got nothing in \`10.0.0.1,,3\``);
test(isRefused, '10.0.0.1-3-5', `${OCTET}, got \`1-3-5\` in \`10.0.0.1-3-5\``);
test(isRefused, '10.0.0.1*', 'Expected an octet between 0 and 255, got `1*` in `10.0.0.1*`');
test(isRefused, '010.0.0.1', 'Expected a decimal octet without leading zeros, got `010` in `010.0.0.1`');
test(isRefused, '10.0.0.01', 'Expected a decimal octet without leading zeros, got `01` in `10.0.0.01`');
test(isRefused, '0x0a.0.0.1', 'Expected an IPv4 address in decimal, got `0x0a.0.0.1`');
test(isRefused, '0x7f000001', 'Expected an IPv4 address in decimal, got `0x7f000001`');
test(isRefused, '10.0.0.1/', 'Expected a prefix length between 0 and 32, got nothing in `10.0.0.1/`');
test(isRefused, '10.0.0.1/33', 'Expected a prefix length between 0 and 32, got `33` in `10.0.0.1/33`');
test(isRefused, '10.0.0.1/-1', 'Expected a prefix length between 0 and 32, got `-1` in `10.0.0.1/-1`');
test(isRefused, '10.0.0.1/2x', 'Expected a prefix length between 0 and 32, got `2x` in `10.0.0.1/2x`');
test(isRefused, '10.0.0.1/24/8', `Expected an octet between 0 and 255, got \`1/24\` in \`10.0.0.1/24/8\``);
test(isRefused, 'fd77::1/129', 'Expected a prefix length between 0 and 128, got `129` in `fd77::1/129`');
test(isRefused, 'localhost/129', 'Expected a prefix length between 0 and 128, got `129` in `localhost/129`');
test(isRefused, '2001:db8::1-2', `${IPV6}, got \`2001:db8::1-2\``);
test(isRefused, '[::1]', `${IPV6}, got \`[::1]\``);
test(isRefused, 'example.org:80', `${IPV6}, got \`example.org:80\``);
test(isRefused, 'two words', `${NAME}, got \`two words\``);
test(isRefused, '-option', `${NAME}, got \`-option\``);
test(isRefused, 'a..example', `${NAME}, got \`a..example\``);
test(isRefused, '*.example', `${NAME}, got \`*.example\``);
test(
	isRefused,
	'*.*.0-254.1,3',
	'Expected at most 16777216 separate ranges of addresses, got `*.*.0-254.1,3`',
);

test('a single address in CIDR notation is what ip-address takes it for', t => {
	const prefixed = fc.tuple(fc.ipV4(), fc.integer({min: 0, max: 32}));
	t.notThrows(() =>
		fc.assert(
			fc.property(prefixed, ([address, prefixLength]) => {
				const oracle = new Address4(`${address}/${prefixLength}`);
				const first = oracle.startAddress().correctForm();
				const last = oracle.endAddress().correctForm();
				return sameRange(`${address}/${prefixLength}`, first, last);
			}),
		),
	);
});

test('an IPv6 prefix is what ip-address takes it for', t => {
	const prefixed = fc.tuple(fc.bigInt({min: 0n, max: 2n ** 128n - 1n}), fc.integer({min: 0, max: 128}));
	t.notThrows(() =>
		fc.assert(
			fc.property(prefixed, ([value, prefixLength]) => {
				const address = Address6.fromBigInt(value).correctForm();
				const oracle = new Address6(`${address}/${prefixLength}`);
				const target = parseTarget(`${address}/${prefixLength}`);
				return (
					target.kind === 'block' &&
					target.block.family === 6 &&
					target.block.first === oracle.startAddress().bigInt() &&
					target.block.last === oracle.endAddress().bigInt()
				);
			}),
		),
	);
});

test('octet ranges are the product of their octets', t => {
	const value = fc.integer({min: 0, max: 255});
	const octets = fc.tuple(...Array.from({length: 4}, () => fc.array(value, {minLength: 1, maxLength: 4})));
	t.notThrows(() =>
		fc.assert(
			fc.property(octets, fc.integer({min: 0, max: 8}), (values, hostBits) => {
				const spec = `${values.map(list => list.join(',')).join('.')}/${32 - hostBits}`;
				return describeTarget(spec) === describeValues(productOf(values, hostBits));
			}),
		),
	);
});

const sameRange = (spec: string, first: string, last: string): boolean =>
	describeTarget(spec) === (first === last ? first : `${first}-${last}`);

const describeTarget = (spec: string): string | undefined => {
	const target = parseTarget(spec);
	return target.kind === 'block' ? describeBlock(target.block) : undefined;
};

/** All values of a product of octets whose last one is widened by `hostBits`, in ascending order. */
const productOf = (octets: readonly number[][], hostBits: number): number[] => {
	const values = new Set<number>();
	const [a, b, c, d] = octets;
	for (const high of a)
		for (const second of b)
			for (const third of c)
				for (const low of d) {
					const base = ((high * 256 + second) * 256 + third) * 256 + low;
					const first = base - (base % 2 ** hostBits);
					for (let value = first; value < first + 2 ** hostBits; value++) {
						values.add(value);
					}
				}

	return [...values].sort((x, y) => x - y);
};

const describeValues = (values: readonly number[]): string => {
	const bounds: number[] = [];
	for (const value of values) {
		if (bounds.length > 0 && bounds.at(-1) === value - 1) {
			bounds[bounds.length - 1] = value;
		} else {
			bounds.push(value, value);
		}
	}

	return describeBlock({family: 4, bounds: Uint32Array.from(bounds)});
};
