import * as fc from 'fast-check';
import test from 'ava';
import {
	addressOf,
	formatAddress,
	formatAddressKey,
	ipv4,
	ipv6,
	isIpv4Mapped,
	isLinkLocal,
	parseAddress,
} from '@halfopen/model';

const reads = test.macro({
	title: (_, text: string, canonical: string) => `\`${text}\` is ${canonical}`,
	exec(t, text: string, canonical: string) {
		const address = parseAddress(text);
		t.truthy(address);
		t.is(address && formatAddress(address), canonical);
	},
});

test(reads, '0.0.0.0', '0.0.0.0');
test(reads, '255.255.255.255', '255.255.255.255');
test(reads, '192.0.2.1', '192.0.2.1');
test(reads, '127.000.000.001', '127.0.0.1');
test(reads, '::', '::');
test(reads, '::1', '::1');
test(reads, '1::', '1::');
// RFC 5952 §4.1: no leading zeros
test(reads, '2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1');
// §4.2.1: shortened as much as possible
test(reads, '2001:db8:0:0:0:0:2:1', '2001:db8::2:1');
// §4.2.2: a single zero group stays
test(reads, '2001:db8::1:1:1:1:1', '2001:db8:0:1:1:1:1:1');
// §4.2.3: the longest run, and of equal ones the first
test(reads, '2001:0:0:1:0:0:0:1', '2001:0:0:1::1');
test(reads, '2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1');
// §4.3: lower case
test(reads, '2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:FFFF', '2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff');
// §5: mapped addresses
test(reads, '::ffff:192.0.2.1', '::ffff:192.0.2.1');
test(reads, '::ffff:c000:201', '::ffff:192.0.2.1');
test(reads, '64:ff9b::192.0.2.33', '64:ff9b::c000:221');
test(reads, '1:2:3:4:5:6:7.8.9.10', '1:2:3:4:5:6:708:90a');
test(reads, '1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0');
test(reads, '::2:3:4:5:6:7:8', '0:2:3:4:5:6:7:8');
// RFC 4007 §11: zones
test(reads, 'fe80::1%eth0', 'fe80::1%eth0');
test(reads, 'fe80::1%2', 'fe80::1%2');

const REFUSED = [
	'',
	'1',
	'1.2.3',
	'1.2.3.4.5',
	'1.2.3.256',
	'1.2.3.1000',
	'1.2.3.',
	'1.2.3.4 ',
	' 1.2.3.4',
	'1.2.3.-4',
	'1.2.3.0x4',
	'1.2.3.4%eth0',
	'example.com',
	':',
	':::',
	':1',
	'1:',
	'1::2::3',
	'1:2:3:4:5:6:7',
	'1:2:3:4:5:6:7:8:9',
	'1:2:3:4::5:6:7:8',
	'12345::',
	'g::',
	'::1.2.3',
	'::1.2.3.256',
	'1.2.3.4::',
	'::1.2.3.4:5',
	'1:2:3:4:5:6:7:1.2.3.4',
	'fe80::1%',
	'fe80::1%a%b',
	'[::1]',
	'2001:db8::/32',
];
for (const text of REFUSED) {
	test(`\`${text}\` is no address`, t => {
		t.is(parseAddress(text), undefined);
	});
}

test('every IPv4 address survives its text', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.nat(0xff_ff_ff_ff), value => {
				const address = ipv4(value);
				t.deepEqual(parseAddress(formatAddress(address)), address);
			}),
		),
	);
});

/** Eight groups, of which many are zero: plain random ones hardly ever have a run of zeros. */
const groups = fc.array(fc.oneof(fc.constant(0), fc.nat(0xff_ff)), {minLength: 8, maxLength: 8});

test('every IPv6 address survives its text', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(groups, fc.option(fc.constantFrom('eth0', '3'), {nil: undefined}), (parts, zone) => {
				const address = ipv6(valueOf(parts), zone);
				t.deepEqual(parseAddress(formatAddress(address)), address);
			}),
		),
	);
});

test('any way to write the zeros reads as the same address', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(groups, parts => {
				const full = parts.map(part => part.toString(16).padStart(4, '0')).join(':');
				t.deepEqual(parseAddress(full), ipv6(valueOf(parts)));
				t.deepEqual(parseAddress(full.toUpperCase()), ipv6(valueOf(parts)));
			}),
		),
	);
});

test('a key leads back to its address and has its text', t => {
	const keys = [0, 0x7f_00_00_01, 0xff_ff_ff_ff, 0n, 1n, (1n << 128n) - 1n];
	for (const key of keys) {
		t.is(addressOf(key).value, key);
		t.is(formatAddressKey(key), formatAddress(addressOf(key)));
	}

	t.is(addressOf(1).family, 4);
	t.is(addressOf(1n).family, 6);
});

for (const [text, isOfLink, isMapped] of [
	['fe80::', true, false],
	['fe80::1%eth0', true, false],
	['febf:ffff::1', true, false],
	['fec0::1', false, false],
	['fe7f:ffff::', false, false],
	['2001:db8::1', false, false],
	['::ffff:0.0.0.0', false, true],
	['::ffff:192.0.2.1', false, true],
	['::192.0.2.1', false, false],
	['::1:0:0:0', false, false],
	['192.0.2.1', false, false],
	['169.254.0.1', false, false],
] as const) {
	test(`${text} is ${isOfLink ? '' : 'not '}link-local and ${isMapped ? '' : 'not '}IPv4-mapped`, t => {
		const address = parseAddress(text)!;
		t.is(isLinkLocal(address), isOfLink);
		t.is(isIpv4Mapped(address), isMapped);
	});
}

test('a negative number is taken as its unsigned bits', t => {
	t.deepEqual(ipv4(-1), {family: 4, value: 0xff_ff_ff_ff});
});

const valueOf = (parts: readonly number[]): bigint =>
	parts.reduce((value, part) => (value << 16n) | BigInt(part), 0n);
