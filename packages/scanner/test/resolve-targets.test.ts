import {formatAddress, parseAddress} from '@halfopen/model';
import {parseTarget} from '@halfopen/targets';
import test from 'ava';
import {hasZones} from '../src/check-zones.ts';
import {type Resolution, resolveTargets} from '../src/resolve-targets.ts';

const IPV6: Resolution = {family: 6};

const resolved = async (
	specs: readonly string[],
	resolution: Resolution,
	exclude: readonly string[] = [],
) => {
	const {targets, warnings, guard} = await resolveTargets(specs, exclude, resolution);
	return {
		addresses: Array.from({length: Math.min(targets.size, 10)}, (_, at) => formatAddress(targets.at(at))),
		size: targets.size,
		warnings,
		permits: (text: string) => guard?.permits(parseAddress(text)!.value),
		hasZones: hasZones(targets),
	};
};

test('addresses and prefixes of IPv6 are targets, less those that are excluded', async t => {
	const found = await resolved(['2001:db8::7', '2001:db8::10/126', '::1'], IPV6, ['2001:db8::12/127', '::1']);
	t.deepEqual(found.addresses, ['2001:db8::7', '2001:db8::10', '2001:db8::11']);
	t.deepEqual(found.warnings, []);
	t.false(found.permits('2001:db8::12'));
	t.true(found.permits('2001:db8::14'));
});

const leavesOut = test.macro({
	title: (_, family: 4 | 6, text: string) => `a scan of IPv${family} leaves out ${text} and says why`,
	async exec(t, family: 4 | 6, text: string, warning: string) {
		const other = family === 4 ? '192.0.2.9' : '2001:db8::9';
		const found = await resolved([text, other], {family});
		t.deepEqual(found.addresses, [other]);
		t.deepEqual(found.warnings, [warning]);
	},
});

test(
	leavesOut,
	4,
	'2001:db8::1',
	'Expected an IPv4 target, got `2001:db8::1`; IPv6 is scanned with -6 (family 6)',
);
test(
	leavesOut,
	4,
	'fe80::1%eth0',
	'Expected an IPv4 target, got `fe80::1%eth0`; IPv6 is scanned with -6 (family 6)',
);
test(
	leavesOut,
	6,
	'192.0.2.0/24',
	'Expected an IPv6 target, got `192.0.2.0/24`; -6 (family 6) scans nothing else',
);
test(leavesOut, 6, 'no-such-name.invalid', 'Failed to resolve `no-such-name.invalid` to an IPv6 address');
test(
	leavesOut,
	6,
	'2001:db8::/64',
	'Expected a prefix of 96 bits or more to walk through, got `2001:db8::/64` with 2^64 addresses: --ipv6-patterns (ipv6Patterns) asks the likely ones, -iL a list of known ones',
);
test(
	leavesOut,
	6,
	'2001:db8::/95',
	'Expected a prefix of 96 bits or more to walk through, got `2001:db8::/95` with 2^33 addresses: --ipv6-patterns (ipv6Patterns) asks the likely ones, -iL a list of known ones',
);

test('the largest prefix that is walked has as many addresses as IPv4', async t => {
	t.is((await resolved(['2001:db8::/96'], IPV6)).size, 2 ** 32);
});

test('of prefixes too large to walk the likely addresses are asked, of others all', async t => {
	const patterns = [{kind: 'low-byte' as const, bits: 2}];
	const found = await resolved(['2001:db8::/64', '2001:db8:1::/126', '2001:db8::2'], {...IPV6, patterns});
	t.deepEqual(
		found.addresses,
		['', '', '', ':1', ':1', ':1', ':1'].map(
			(network, index) => `2001:db8${network}::${[1, 2, 3, '', 1, 2, 3][index]}`,
		),
	);
	t.deepEqual(found.warnings, []);
	t.is((await resolved(['2001:db8::/96'], {...IPV6, patterns})).size, 2 ** 32);
	t.is((await resolved(['2001:db8::/95'], {...IPV6, patterns, anySize: true})).size, 3);
});

test('more likely addresses than can be walked are refused, but not to a sweep', async t => {
	const patterns = [{kind: 'low-byte' as const, bits: 32}];
	const found = await resolved(['2001:db8::/63', '::5'], {...IPV6, patterns});
	t.deepEqual(found.addresses, ['::5']);
	t.deepEqual(found.warnings, [
		'Expected at most 2^32 likely addresses to walk through, got 8589934590 of `2001:db8::/63`: give longer prefixes or patterns of fewer addresses',
	]);
	t.is((await resolved(['2001:db8::/63'], {...IPV6, patterns, anySize: true})).size, 2 ** 33 - 2);
});

test('a wrong pattern is an error, whatever the targets', async t => {
	const patterns = [{kind: 'seeds' as const, addresses: ['x']}];
	await t.throwsAsync(resolved(['::5'], {...IPV6, patterns}), {
		code: 'ERR_HALFOPEN_OPTION',
		message: 'ipv6Patterns: expected an IPv6 address as a seed, got `x`',
	});
});

test('a sweep takes larger prefixes, up to what it can number', async t => {
	t.is((await resolved(['2001:db8::/76'], {...IPV6, anySize: true})).size, 2 ** 52);
	await t.throwsAsync(resolved(['2001:db8::/64'], {...IPV6, anySize: true}), {
		code: 'ERR_HALFOPEN_TARGET',
		message: /^targets: expected fewer than 2\^53 addresses/,
	});
});

test('what a list has of the other version of IP is told once', async t => {
	const [block] = ['192.0.2.0/31']
		.map(text => parseTarget(text))
		.flatMap(spec => ('block' in spec ? [spec.block] : []));
	t.assert(block.family === 4);
	const parts = block.family === 4 ? [block, {...block, bounds: Uint32Array.of(9, 9, 11, 11)}] : [];
	const {targets, warnings} = await resolveTargets([...parts, '2001:db8::1'], [], IPV6);
	t.is(targets.size, 1);
	t.deepEqual(warnings, [
		'Expected an IPv6 target, got `192.0.2.0` and 2 more; -6 (family 6) scans nothing else',
	]);
});

test('addresses keep their zones', async t => {
	const found = await resolved(['fe80::1%eth0', 'fe80::2%eth1', '2001:db8::1'], IPV6);
	t.deepEqual(found.addresses, ['fe80::1%eth0', 'fe80::2%eth1', '2001:db8::1']);
	t.true(found.hasZones);
	t.false((await resolved(['2001:db8::1'], IPV6)).hasZones);
});

for (const [specs, told] of [
	[['fe80::1%eth0', 'fe80::1%eth1'], '`fe80::1%eth0` and `fe80::1%eth1`'],
	[['fe80::%eth0/120', 'fe80::7'], '`fe80::7%eth0` and `fe80::7`'],
	[['fe80::%a/120', 'fe80::8%b', 'fe80::1ff%b', 'fe80::1ff%c'], '`fe80::8%a` and `fe80::8%b`'],
	[['fe80::%a/126', 'fe80::10%a', 'fe80::ff%b', 'fe80::f0%a/124'], '`fe80::ff%a` and `fe80::ff%b`'],
] as const) {
	test(`one address in two zones is refused: ${specs.join(' ')}`, async t => {
		const error = await t.throwsAsync(resolved(specs, IPV6), {
			code: 'ERR_HALFOPEN_TARGET',
		});
		t.true(
			error.message.startsWith(`targets: expected each address in one zone, got ${told}: `),
			error.message,
		);
	});
}
