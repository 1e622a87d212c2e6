import test from 'ava';
import {ScanError, ipv4, ipv6, type Address} from '@halfopen/model';
import {findRoute, listInterfaces} from '@halfopen/native';

test('the loopback interface is listed with its addresses', t => {
	const loopback = listInterfaces().find(({name}) => name === 'lo');
	t.like(loopback, {name: 'lo', type: 'loopback', up: true, hasCarrier: true});
	t.deepEqual(
		loopback?.addresses.find(({address}) => address.family === 4),
		{address: ipv4(0x7f_00_00_01), prefixLength: 8},
	);
});

test('every interface has a name, an index and a type of its own', t => {
	const interfaces = listInterfaces();
	t.true(interfaces.length > 0);
	t.is(new Set(interfaces.map(({name}) => name)).size, interfaces.length);
	t.is(new Set(interfaces.map(({index}) => index)).size, interfaces.length);
});

const isLocal = test.macro({
	title: (title = '') => `${title} is local, through lo`,
	exec(t, target: Address, source: Address) {
		const route = findRoute(target);
		t.like(route, {device: 'lo', local: true});
		t.deepEqual(route.source, source);
		t.is(route.gateway, undefined);
	},
});

test('127.0.0.1', isLocal, ipv4(0x7f_00_00_01), ipv4(0x7f_00_00_01));
test('another address of 127.0.0.0/8', isLocal, ipv4(0x7f_01_02_03), ipv4(0x7f_00_00_01));

test('an IPv6 address of our own is local', t => {
	const own = listInterfaces()
		.flatMap(({addresses}) => addresses)
		.find(({address}) => address.family === 6 && address.value === 1n);
	t.is(own === undefined ? undefined : findRoute(ipv6(1n)).local, own && true);
});

test('a route through a device is through that device', t => {
	t.is(findRoute(ipv4(0x7f_00_00_01), 'lo').device, 'lo');
});

const isRefused = test.macro({
	title: (title = '') => `${title} has no route, and the error says why`,
	exec(t, target: Address, message: RegExp, device?: string) {
		const error = t.throws(() => findRoute(target, device), {instanceOf: ScanError, message});
		t.is(error?.code, 'ERR_HALFOPEN_INTERFACE');
	},
});

test('a multicast address', isRefused, ipv4(0xe0_00_00_01), /224\.0\.0\.1: it is a multicast address/, 'lo');
test('the limited broadcast address', isRefused, ipv4(0xff_ff_ff_ff), /it is a broadcast address/, 'lo');
test(
	'a device that does not exist',
	isRefused,
	ipv4(0x7f_00_00_01),
	/\(.*lo.*\), got `nowhere0`/,
	'nowhere0',
);
test('a zone that does not exist', isRefused, ipv6(0xfe80n << 112n, 'nowhere0'), /got `nowhere0`/);
test('a link-local address without a zone', isRefused, ipv6((0xfe80n << 112n) + 1n), /needs a zone, as in/);
test(
	'an IPv4-mapped address',
	isRefused,
	ipv6(0xff_ff_7f_00_00_01n),
	/::ffff:127\.0\.0\.1: .* is scanned as IPv4$/,
);
