import {micros} from '@halfopen/model';
import test from 'ava';
import {Standstill} from '@halfopen/timing';

/** From 1 to 2 s. */
const standstill = (): Standstill => {
	const it = new Standstill();
	it.begin(micros(1_000_000), micros(2_000_000));
	return it;
};

test('without one, nothing was interrupted', t => {
	const none = new Standstill();
	t.false(none.interrupted(0));
	t.false(none.isWithin(micros(0), micros(1000)));
	t.is(none.waitedSince(7), micros(7));
});

test('what was on its way is waited for from its end on', t => {
	t.is(standstill().waitedSince(900_000), micros(2_000_000));
	t.true(standstill().interrupted(900_000));
});

test('what left later is not concerned', t => {
	t.is(standstill().waitedSince(2_000_000), micros(2_000_000));
	t.false(standstill().interrupted(2_000_000));
	t.is(standstill().waitedSince(Infinity), micros(Infinity));
});

test('an answer that came after it took longer than the way, one that came at its beginning did not', t => {
	t.true(standstill().isWithin(micros(990_000), micros(2_010_000)));
	t.false(standstill().isWithin(micros(990_000), micros(1_010_000)));
	t.false(standstill().isWithin(micros(2_010_000), micros(2_020_000)));
});

for (const [when, receivedAt, isProven] of [
	['just before it', 1_005_000, false],
	['in it', 1_050_000, true],
	['at its end', 1_990_000, false],
] as const) {
	test(`a reply ${when} ${isProven ? 'shows' : 'does not show'} that only we were held up`, t => {
		const it = standstill();
		it.onReply(micros(receivedAt));
		t.is(it.interrupted(900_000), !isProven);
	});
}

test('what comes once the pile was looked at changes nothing', t => {
	const it = standstill();
	it.onCaughtUp();
	it.onReply(micros(1_300_000));
	t.true(it.interrupted(900_000));
});

test('one that was none leaves the one before as it was', t => {
	const it = standstill();
	it.onCaughtUp();
	it.begin(micros(2_100_000), micros(3_100_000));
	t.true(it.interrupted(2_050_000));
	it.onReply(micros(2_500_000));
	t.false(it.interrupted(2_050_000));
	t.is(it.waitedSince(900_000), micros(2_000_000));
});
