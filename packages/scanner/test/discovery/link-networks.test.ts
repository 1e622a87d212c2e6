import {formatAddress, parseAddress, ScanError} from '@halfopen/model';
import type {NetworkInterface} from '@halfopen/native';
import test from 'ava';
import {type Link, linksOf} from '../../src/discovery/link-networks.ts';

const device = (
	name: string,
	addresses: readonly string[],
	rest: Partial<NetworkInterface> = {},
): NetworkInterface => ({
	name,
	index: 1,
	type: 'ethernet',
	up: true,
	hasCarrier: true,
	mtu: 1500,
	mac: '02:00:00:00:00:01',
	addresses: addresses.map(text => {
		const [address, length] = text.split('/');
		return {address: parseAddress(address)!, prefixLength: Number(length)};
	}),
	...rest,
});

const INTERFACES = [
	device('lo', ['127.0.0.1/8', '::1/128'], {type: 'loopback'}),
	device('eth0', ['192.0.2.1/24', '2001:db8::1/64', '2001:db8::2/64', '2001:db8::3/128', 'fe80::1/64']),
	device('eth1', ['fe80::2/64']),
	device('eth2', ['2001:db8:2::1/64']),
	device('eth3', ['fe80::3/64'], {up: false}),
	device('tun0', ['fe80::4/64'], {type: 'point-to-point'}),
];

const textOf = ({device: name, networks}: Link): string =>
	[name, ...networks.map(each => `${formatAddress(each.address)}/${each.prefixLength}`)].join(' ');

test('links are those that are up, have link-layer addresses and a link-local one; networks come once', t => {
	t.deepEqual(linksOf(INTERFACES).map(textOf), [
		'eth0 2001:db8::1/64 fe80::1%eth0/64',
		'eth1 fe80::2%eth1/64',
	]);
});

test('the link of one interface', t => {
	t.deepEqual(linksOf(INTERFACES, 'eth1').map(textOf), ['eth1 fe80::2%eth1/64']);
});

const refuses = test.macro({
	title: (_, name: string) => `nobody can be asked on ${name}`,
	exec(t, name: string, why: string) {
		t.throws(() => linksOf(INTERFACES, name), {
			instanceOf: ScanError,
			code: 'ERR_HALFOPEN_INTERFACE',
			message: `device: expected an interface to ask all nodes on (eth0, eth1), got \`${name}\`: ${why}`,
		});
	},
});

test(refuses, 'lo', 'it has no link-layer addresses');
test(refuses, 'eth2', 'it has no link-local address');
test(refuses, 'eth3', 'it is down');
test(refuses, 'tun0', 'it has no link-layer addresses');
test(refuses, 'eth9', 'there is no such interface');
