import test from 'ava';
import {ipv4, ipv6, ScanError, type Address} from '@halfopen/model';
import {blockAround} from '../../src/index.ts';
import {describeBlock} from '../addresses.ts';

const surrounds = test.macro({
	title: (_, _address: Address, prefixLength: number | undefined, ranges: string) =>
		`the block of ${prefixLength ?? 'all'} bits is ${ranges}`,
	exec(t, address: Address, prefixLength: number | undefined, ranges: string) {
		t.is(describeBlock(blockAround(address, prefixLength)), ranges);
	},
});

test(surrounds, ipv4(0x7f_00_00_01), undefined, '127.0.0.1');
test(surrounds, ipv4(0x7f_00_00_01), 31, '127.0.0.0-127.0.0.1');
test(surrounds, ipv4(0xff_ff_ff_ff), 0, '0.0.0.0-255.255.255.255');
test(surrounds, ipv6(5n), undefined, '::5');
test(surrounds, ipv6(5n, 'lo'), 126, '::4%lo-::7%lo');

test('a prefix that is longer than the address is refused', t => {
	const error = {instanceOf: ScanError, code: 'ERR_HALFOPEN_TARGET'};
	t.throws(() => blockAround(ipv4(1), 33), {
		...error,
		message: 'Expected a prefix length between 0 and 32, got `33`',
	});
	t.throws(() => blockAround(ipv6(1n), 129), error);
	t.throws(() => blockAround(ipv4(1), -1), error);
	t.throws(() => blockAround(ipv4(1), 1.5), error);
	t.notThrows(() => blockAround(ipv6(1n), 128));
});
