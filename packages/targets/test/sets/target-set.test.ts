import test from 'ava';
import {ipv4, ipv6, parseAddress, ScanError, type Address} from '@halfopen/model';
import * as fc from 'fast-check';
import {buildTargetSet, parseTarget, type AddressBlock, type TargetSet} from '../../src/index.ts';
import {listAddresses} from '../addresses.ts';

const blocksOf = (specs: string): AddressBlock[] =>
	specs
		.split(' ')
		.filter(spec => spec !== '')
		.map(spec => {
			const target = parseTarget(spec);
			if (target.kind === 'name') {
				throw new Error(`${spec} is a name`);
			}

			return target.block;
		});

const setOf = (specs: string, excluded = ''): TargetSet =>
	buildTargetSet(blocksOf(specs), blocksOf(excluded));

const lists = test.macro({
	title: (_, specs: string, excluded: string, addresses: string) =>
		`${specs} without ${excluded === '' ? 'exclusions' : excluded} is ${addresses === '' ? 'empty' : addresses}`,
	exec(t, specs: string, excluded: string, addresses: string) {
		const set = setOf(specs, excluded);
		t.is(listAddresses(set).join(' '), addresses);
		t.true(listAddresses(set).every(text => set.has(parseAddress(text) as Address)));
	},
});

test(lists, '10.0.0.9 10.0.0.1/31', '', '10.0.0.9 10.0.0.0 10.0.0.1');
test(lists, '10.0.0.2 10.0.0.1-3 10.0.0.2', '', '10.0.0.2 10.0.0.1 10.0.0.3');
test(lists, '10.0.0.1-3', '10.0.0.2', '10.0.0.1 10.0.0.3');
test(lists, '10.0.0.1', '10.0.0.0/8', '');
test(lists, '0-1.0.0.0', '', '0.0.0.0 1.0.0.0');
test(lists, '255.255.255.255 ::/127 0.0.0.0', '', '255.255.255.255 :: ::1 0.0.0.0');
test(lists, '::2 ::/126 10.0.0.1 ::3', '::1', '::2 :: ::3 10.0.0.1');
test(lists, 'fe80::1%b fe80::1 fe80::1%a', '', 'fe80::1%b fe80::1 fe80::1%a');
test(lists, 'fe80::1%b fe80::1 fe80::1%a', 'fe80::1', '');
test(lists, 'fe80::1%b fe80::1 fe80::1%a', 'fe80::/64', '');
test(lists, 'fe80::1%b fe80::1 fe80::1%a', 'fe80::1%a', 'fe80::1%b fe80::1');

test('an address outside of every range is not in the set', t => {
	const set = setOf('10.0.0.4/30 fd00::4/126 fe80::4%lo', '10.0.0.5');
	t.false(set.has(ipv4(0x0a_00_00_03)));
	t.true(set.has(ipv4(0x0a_00_00_04)));
	t.false(set.has(ipv4(0x0a_00_00_05)));
	t.false(set.has(ipv4(0x0a_00_00_08)));
	t.false(set.has(ipv6(0n)));
	t.true(set.has(ipv6((0xfdn << 120n) + 7n)));
	t.false(set.has(ipv6((0xfdn << 120n) + 8n)));
	t.false(set.has(ipv6((0xfe80n << 112n) + 4n)));
	t.true(set.has(ipv6((0xfe80n << 112n) + 4n, 'lo')));
	t.false(set.has(ipv6((0xfe80n << 112n) + 4n, 'nowhere')));
});

test('all of IPv4 is one range', t => {
	const set = setOf('0.0.0.0/0');
	t.is(set.size, 2 ** 32);
	t.deepEqual(set.at(2 ** 32 - 1), ipv4(0xff_ff_ff_ff));
});

test('an index outside of the set is a mistake of the caller', t => {
	const set = setOf('10.0.0.1/31');
	t.throws(() => set.at(2), {instanceOf: RangeError});
	t.throws(() => set.at(-1), {instanceOf: RangeError});
	t.throws(() => buildTargetSet([]).at(0), {instanceOf: RangeError});
});

test('a large prefix is indexed without loss', t => {
	const set = setOf('2001:db8::/76');
	t.is(set.size, 2 ** 52);
	t.deepEqual(set.at(2 ** 52 - 1), ipv6((0x2001_0db8n << 96n) + 2n ** 52n - 1n));
});

test('more addresses than a number can count are refused', t => {
	const refusal = {
		instanceOf: ScanError,
		code: 'ERR_HALFOPEN_TARGET',
		message: 'Expected fewer than 2^53 addresses to scan, got about 1.8e+19',
	};
	t.throws(() => setOf('2001:db8::/64'), refusal);
	t.notThrows(() => setOf('2001:db8::/64', '2001:db8::/65 2001:db8:0:0:8000::/66 2001:db8:0:0:c000::/66'));
});

test('it is the naive set of addresses, in the order named', t => {
	const UNIVERSE = 64;
	const range = fc
		.tuple(fc.nat({max: UNIVERSE - 1}), fc.nat({max: UNIVERSE - 1}), fc.constantFrom(4, 6))
		.map(([a, b, family]): AddressBlock => {
			const [first, last] = [Math.min(a, b), Math.max(a, b)];
			return family === 4
				? {family: 4, bounds: Uint32Array.of(first, last)}
				: {family: 6, first: BigInt(first), last: BigInt(last)};
		});
	const ranges = fc.array(range, {maxLength: 8});
	t.notThrows(() =>
		fc.assert(
			fc.property(ranges, ranges, (blocks, excluded) => {
				const taken = new Set(excluded.flatMap(block => keysOf(block)));
				const expected = new Set(blocks.flatMap(block => keysOf(block)).filter(key => !taken.has(key)));
				const set = buildTargetSet(blocks, excluded);
				const keys = Array.from({length: set.size}, (_, index) => set.at(index).value);
				const everything = Array.from({length: UNIVERSE + 1}, (_, value) => [
					ipv4(value),
					ipv6(BigInt(value)),
				]);
				return (
					keys.join() === [...expected].join() &&
					everything.flat().every(address => set.has(address) === expected.has(address.value))
				);
			}),
			{numRuns: 500},
		),
	);
});

const keysOf = (block: AddressBlock): (number | bigint)[] => {
	if (block.family === 6) {
		return Array.from(
			{length: Number(block.last - block.first) + 1},
			(_, index) => block.first + BigInt(index),
		);
	}

	const [first, last] = block.bounds;
	return Array.from({length: last - first + 1}, (_, index) => first + index);
};
