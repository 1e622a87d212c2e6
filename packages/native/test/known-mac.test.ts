import test from 'ava';
import {knownMac} from '../src/known-mac.ts';

const MAC = Uint8Array.of(2, 0, 0, 0, 0, 1);

for (const [what, state, isKnown] of [
	['incomplete', 0x01, false],
	['reachable', 0x02, true],
	['stale', 0x04, true],
	['delay', 0x08, true],
	['probe', 0x10, true],
	['failed', 0x20, false],
	['permanent', 0x80, true],
] as const) {
	test(`a neighbour that is ${what} is ${isKnown ? 'known' : 'not known'}`, t => {
		t.is(knownMac({state, mac: MAC}), isKnown ? MAC : undefined);
	});
}

test('without an entry nothing is known', t => {
	t.is(knownMac(undefined), undefined);
});
