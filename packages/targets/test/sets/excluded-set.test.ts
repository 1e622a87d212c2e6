import test from 'ava';
import {ipv4, ipv6, parseAddress, type Address} from '@halfopen/model';
import * as fc from 'fast-check';
import {AddressGuard, ExcludedSet, parseTarget, type AddressBlock} from '../../src/index.ts';

const blocksOf = (specs: string): AddressBlock[] =>
	specs.split(' ').flatMap(spec => {
		const target = parseTarget(spec);
		return target.kind === 'block' ? [target.block] : [];
	});

const keyOf = (text: string): number | bigint => (parseAddress(text) as Address).value;

const excludes = test.macro({
	title: (_, specs: string, address: string, expected: boolean) =>
		`${specs} ${expected ? 'excludes' : 'permits'} ${address}`,
	exec(t, specs: string, address: string, expected: boolean) {
		t.is(new ExcludedSet(blocksOf(specs)).has(keyOf(address)), expected);
		t.is(new AddressGuard(blocksOf(specs)).permits(keyOf(address)), !expected);
	},
});

test(excludes, '10.0.0.4/30', '10.0.0.3', false);
test(excludes, '10.0.0.4/30', '10.0.0.4', true);
test(excludes, '10.0.0.4/30', '10.0.0.7', true);
test(excludes, '10.0.0.4/30', '10.0.0.8', false);
test(excludes, '10.0.0.4/30 10.0.0.0-6', '10.0.0.7', true);
test(excludes, '10.0.0.9 10.0.0.1', '10.0.0.5', false);
test(excludes, '0.0.0.0', '0.0.0.0', true);
test(excludes, '0.0.0.0', '0.0.0.1', false);
test(excludes, '255.255.255.255', '255.255.255.255', true);
test(excludes, '255.255.255.255', '255.255.255.254', false);
test(excludes, '0.0.0.0/0', '255.255.255.255', true);
test(excludes, '0.0.0.0/0', '::1', false);
test(excludes, '::/0', '2001:db8::1', true);
test(excludes, '::/0', '10.0.0.1', false);
test(excludes, '2001:db8::4/126 2001:db8::8', '2001:db8::8', true);
test(excludes, '2001:db8::4/126', '2001:db8::3', false);
test(excludes, '2001:db8::4/126', '2001:db8::8', false);
test(excludes, 'fe80::1%eth0', 'fe80::1', true);
test(excludes, 'fe80::1%eth0 fe80::/126', 'fe80::2', true);

test('nothing excluded permits everything', t => {
	const guard = new AddressGuard([]);
	t.true([0, 1, 2 ** 32 - 1, 0n, 1n].every(key => guard.permits(key)));
});

test('it has the addresses of its blocks and no others', t => {
	const range = fc
		.tuple(fc.nat({max: 60}), fc.nat({max: 10}), fc.constantFrom(0, 2 ** 31, 2 ** 32 - 71))
		.map(([first, more, base]) => [base + first, base + first + more] as const);
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.array(range, {maxLength: 10}), ranges => {
				const set = new ExcludedSet([
					{family: 4, bounds: Uint32Array.from(ranges.flat())},
					...ranges.map(([first, last]): AddressBlock => ({
						family: 6,
						first: BigInt(first),
						last: BigInt(last),
					})),
				]);
				const near = [0, 2 ** 31, 2 ** 32 - 72].flatMap(base =>
					Array.from({length: 72}, (_, at) => base + at),
				);
				return near.every(value => {
					const expected = ranges.some(([first, last]) => first <= value && value <= last);
					return set.has(ipv4(value).value) === expected && set.has(ipv6(BigInt(value)).value) === expected;
				});
			}),
			{numRuns: 300},
		),
	);
});
