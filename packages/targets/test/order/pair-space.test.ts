import test from 'ava';
import {formatAddress, ipv4, ipv6} from '@halfopen/model';
import {pairSpace, pairsOf, type ScanSpace} from '../../src/index.ts';

const SPACE: ScanSpace = pairSpace(
	pairsOf(['10.0.0.9:80', '10.0.0.1:22', '[2001:db8::1]:22', '10.0.0.1:443', '[2001:db8::1]:80']),
);

test('hosts ascend, each with its own ports', t => {
	t.deepEqual(
		Array.from({length: SPACE.hosts}, (_, index) => [
			formatAddress(SPACE.hostAt(index)),
			[...SPACE.portsOf(index)],
			SPACE.firstNumberOf(index),
		]),
		[
			['10.0.0.1', [22, 443], 0],
			['10.0.0.9', [80], 2],
			['2001:db8::1', [22, 80], 3],
		],
	);
});

test('every pair is found again', t => {
	for (let n = 0; n < SPACE.size; n++) {
		t.is(SPACE.numberOf(SPACE.keyAt(n), SPACE.portAt(n)), n);
	}

	for (let index = 0; index < SPACE.hosts; index++) {
		t.is(SPACE.hostIndexOf(SPACE.hostAt(index).value), index);
	}
});

test('what is no pair has no number', t => {
	t.is(SPACE.numberOf(ipv4(0x0a_00_00_01).value, 80), -1);
	t.is(SPACE.numberOf(ipv4(0x0a_00_00_00).value, 65_536 + 22), -1);
	t.is(SPACE.numberOf(ipv4(0).value, 22), -1);
	t.is(SPACE.numberOf(ipv6(1n).value, 22), -1);
	t.is(SPACE.hostIndexOf(ipv4(0x0a_00_00_02).value), -1);
	t.is(SPACE.hostIndexOf(ipv4(0).value), -1);
	t.is(SPACE.hostIndexOf(ipv6(2n ** 127n).value), -1);
});

test('a list without pairs is an empty space', t => {
	const space = pairSpace(pairsOf([]));
	t.deepEqual([space.size, space.hosts, space.numberOf(1, 1), space.hostIndexOf(1)], [0, 0, -1, -1]);
});
