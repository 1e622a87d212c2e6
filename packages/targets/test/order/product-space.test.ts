import test from 'ava';
import {formatAddress, formatAddressKey, parseAddress, ScanError, type Address} from '@halfopen/model';
import * as fc from 'fast-check';
import {
	buildTargetSet,
	parseTarget,
	productSpace,
	type AddressBlock,
	type ScanSpace,
} from '../../src/index.ts';

const blocksOf = (specs: string): AddressBlock[] =>
	specs.split(' ').flatMap(spec => {
		const target = parseTarget(spec);
		return target.kind === 'block' ? [target.block] : [];
	});

const spaceOf = (specs: string, ports: readonly number[], excluded = ''): ScanSpace =>
	productSpace(
		buildTargetSet(blocksOf(specs), excluded === '' ? [] : blocksOf(excluded)),
		Uint16Array.from(ports),
	);

const probesOf = (space: ScanSpace): string[] =>
	Array.from({length: space.size}, (_, n) => `${formatAddressKey(space.keyAt(n))} ${space.portAt(n)}`);

test('numbers ascend with address and port, IPv4 first', t => {
	t.deepEqual(probesOf(spaceOf('::1 10.0.0.9 10.0.0.1/31', [80, 22], '10.0.0.0')), [
		'10.0.0.1 22',
		'10.0.0.1 80',
		'10.0.0.9 22',
		'10.0.0.9 80',
		'::1 22',
		'::1 80',
	]);
});

test('hosts ascend, each with all ports', t => {
	const space = spaceOf('10.0.0.9 10.0.0.1 fe80::1%a 2001:db8::/127', [80, 22]);
	t.deepEqual(
		Array.from({length: space.hosts}, (_, index) => formatAddress(space.hostAt(index))),
		['10.0.0.1', '10.0.0.9', '2001:db8::', '2001:db8::1', 'fe80::1%a'],
	);
	for (let index = 0; index < space.hosts; index++) {
		const ports = space.portsOf(index);
		t.deepEqual([...ports], [22, 80]);
		t.is(space.hostIndexOf(space.hostAt(index).value), index);
		for (const [at, port] of ports.entries()) {
			t.is(space.numberOf(space.hostAt(index).value, port), space.firstNumberOf(index) + at);
		}
	}
});

const hasNot = test.macro({
	title: (_, text: string, port: number) => `port ${port} of ${text} is not asked`,
	exec(t, text: string, port: number) {
		const space = spaceOf('10.0.0.4/30 10.0.2.0/24 2001:db8::4/126', [0, 22, 80], '10.0.0.5');
		t.is(space.numberOf((parseAddress(text) as Address).value, port), -1);
	},
});

test(hasNot, '10.0.0.3', 22);
test(hasNot, '10.0.0.5', 22);
test(hasNot, '10.0.0.8', 22);
test(hasNot, '10.0.3.0', 22);
test(hasNot, '10.0.0.4', 23);
test(hasNot, '10.0.0.4', 65_536);
test(hasNot, '0.0.0.0', 22);
test(hasNot, '255.255.255.255', 22);
test(hasNot, '2001:db8::3', 22);
test(hasNot, '2001:db8::8', 22);

test('the whole of IPv4 with all ports is a space, and beyond', t => {
	const ports = Uint16Array.from({length: 65_536}, (_, port) => port);
	const space = productSpace(buildTargetSet(blocksOf('0.0.0.0/0')), ports);
	t.is(space.size, 2 ** 48);
	t.is(space.keyAt(2 ** 48 - 1), 0xff_ff_ff_ff);
	t.is(space.portAt(2 ** 48 - 1), 65_535);
	t.is(space.numberOf(0xff_ff_ff_ff, 65_534), 2 ** 48 - 2);
	t.is(productSpace(buildTargetSet(blocksOf('2001:db8::/76')), Uint16Array.of(1)).size, 2 ** 52);
});

test('2^53 probes are too many', t => {
	t.throws(() => productSpace(buildTargetSet(blocksOf('2001:db8::/76')), Uint16Array.of(1, 2)), {
		instanceOf: ScanError,
		code: 'ERR_HALFOPEN_TARGET',
		message: 'Expected fewer than 2^53 probes in a scan, got about 9.0e+15',
	});
});

test('a space without hosts or ports is empty', t => {
	const noPorts = spaceOf('10.0.0.1', []);
	t.deepEqual([noPorts.size, noPorts.hosts, noPorts.hostIndexOf(0x0a_00_00_01)], [0, 0, -1]);
	const noHosts = spaceOf('10.0.0.1', [22], '10.0.0.1');
	t.deepEqual([noHosts.size, noHosts.hosts, noHosts.numberOf(0x0a_00_00_01, 22)], [0, 0, -1]);
});

test('numbers and probes are in each others place for any ranges', t => {
	const range = fc
		.tuple(fc.nat({max: 300}), fc.nat({max: 40}), fc.constantFrom(0, 2 ** 31, 2 ** 32 - 400))
		.map(([first, more, base]): AddressBlock => ({
			family: 4,
			bounds: Uint32Array.of(base + first, base + first + more),
		}));
	t.notThrows(() =>
		fc.assert(
			fc.property(
				fc.array(range, {maxLength: 12}),
				fc.array(range, {maxLength: 4}),
				fc.uniqueArray(fc.nat({max: 65_535}), {maxLength: 4}),
				(blocks, excluded, ports) => {
					const set = buildTargetSet(blocks, excluded);
					const space = productSpace(set, Uint16Array.from(ports));
					const keys = Array.from({length: set.size}, (_, index) => set.at(index).value as number);
					const sorted = [...ports].sort((a, b) => a - b);
					const expected = keys
						.sort((a, b) => a - b)
						.flatMap(key => sorted.map(port => `${formatAddressKey(key)} ${port}`));
					return (
						probesOf(space).join() === expected.join() &&
						Array.from({length: space.size}, (_, n) => n).every(
							n => space.numberOf(space.keyAt(n), space.portAt(n)) === n,
						)
					);
				},
			),
			{numRuns: 300},
		),
	);
});
