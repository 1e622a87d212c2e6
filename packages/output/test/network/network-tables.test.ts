import test from 'ava';
import {type Address, parseAddress} from '@halfopen/model';
import {formatNetworkTables} from '../../src/network/network-tables.ts';

const prefix = (text: string, prefixLength: number): {address: Address; prefixLength: number} => ({
	address: parseAddress(text)!,
	prefixLength,
});

test('interfaces have a row for each address, and routes one each', t => {
	t.is(
		formatNetworkTables(
			[
				{
					name: 'lo',
					type: 'loopback',
					up: true,
					mtu: 65_536,
					mac: '00:00:00:00:00:00',
					addresses: [prefix('127.0.0.1', 8), prefix('::1', 128)],
				},
				{name: 'tun0', type: 'point-to-point', up: false, mtu: 1500, addresses: []},
				{
					name: 'eth0',
					type: 'ethernet',
					up: true,
					mtu: 1500,
					mac: '02:fc:00:00:00:01',
					addresses: [prefix('192.0.2.2', 24)],
				},
			],
			[
				{destination: parseAddress('192.0.2.0')!, prefixLength: 24, device: 'eth0', metric: 0},
				{
					destination: parseAddress('0.0.0.0')!,
					prefixLength: 0,
					device: 'eth0',
					metric: 100,
					gateway: parseAddress('192.0.2.1')!,
				},
			],
		),
		`************************INTERFACES************************
DEV  (SHORT) IP/MASK      TYPE        UP   MTU   MAC
lo   (lo)    127.0.0.1/8  loopback    up   65536
lo   (lo)    ::1/128      loopback    up   65536
tun0 (tun0)  (none)/0     point2point down 1500
eth0 (eth0)  192.0.2.2/24 ethernet    up   1500  02:FC:00:00:00:01

**************************ROUTES**************************
DST/MASK     DEV  METRIC GATEWAY
192.0.2.0/24 eth0 0
0.0.0.0/0    eth0 100    192.0.2.1

`,
	);
});
