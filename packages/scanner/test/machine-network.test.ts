import test from 'ava';
import {formatAddress} from '@halfopen/model';
import {parseIpv4Routes, parseIpv6Routes, type RouteEntry} from '../src/machine-network.ts';

const shown = ({destination, prefixLength, device, metric, gateway}: RouteEntry): string =>
	`${formatAddress(destination)}/${prefixLength} ${device} ${metric} ${gateway === undefined ? '-' : formatAddress(gateway)}`;

test('IPv4 routes are read, the most specific first', t => {
	const table = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	010200C0	0003	0	0	100	00000000	0	0	0
eth0	000200C0	00000000	0001	0	0	0	00FFFFFF	0	0	0
tun0	0A63000A	00000000	0005	0	0	0	FFFFFFFF	0	0	0
`;
	t.deepEqual(parseIpv4Routes(table).map(shown), [
		'10.0.99.10/32 tun0 0 -',
		'192.0.2.0/24 eth0 0 -',
		'0.0.0.0/0 eth0 100 192.0.2.1',
	]);
});

test('IPv6 routes are read, without those that lead nowhere', t => {
	const none = '0'.repeat(32);
	const table = `fd000000000000000000000000000000 40 ${none} 00 ${none} 00000100 00000001 00000000 00000001     eth0
${none} 00 ${none} 00 fd000000000000000000000000000001 00000400 00000001 00000000 00000003     eth0
${none} 00 ${none} 00 ${none} ffffffff 00000001 00000000 00200200       lo
`;
	t.deepEqual(parseIpv6Routes(table).map(shown), ['fd00::/64 eth0 256 -', '::/0 eth0 1024 fd00::1']);
});

test('a kernel without a table has no routes', t => {
	t.deepEqual(parseIpv4Routes(''), []);
	t.deepEqual(parseIpv6Routes(''), []);
});
