import test from 'ava';
import {UpwardSearch} from '../src/upward-search.ts';

const MANY = 10_000;

/** The rate after so many rounds in order, with this share of many expected answers. */
const after = (search: UpwardSearch, rate: number, rounds: number, share = 1, expected = MANY): number => {
	let now = rate;
	for (let count = 0; count < rounds; count++) {
		now = search.next(now, {
			expected,
			variance: 0,
			came: expected * share,
			sent: expected,
			answers: expected * share,
		});
	}

	return now;
};

test('without a limit that is known, steps grow', t => {
	const search = new UpwardSearch();
	const rates = [1000];
	for (let step = 0; step < 6; step++) {
		rates.push(after(search, rates[step], 4));
	}

	const gains = rates.slice(1).map((rate, index) => rate / rates[index]);
	t.true(gains.every((gain, index) => gain > 1 && (index === 0 || gain >= gains[index - 1] - 1e-9)));
	t.true(gains[5] >= 2);
});

test('it takes some rounds in order, and enough answers', t => {
	t.is(after(new UpwardSearch(), 1000, 3), 1000);
	t.is(after(new UpwardSearch(), 1000, 20, 1, 5), 1000);
	t.is(after(new UpwardSearch(), 1000, 20, 0.8), 1000);
});

test('far from a limit it goes halfway, and no further than twice as fast', t => {
	const near = new UpwardSearch();
	near.onLimit(2250);
	t.true(Math.abs(after(near, 1000, 4) - 1500) < 1e-6);
	const far = new UpwardSearch();
	far.onLimit(100_000);
	t.is(after(far, 1000, 4), 2000);
});

test('a step at the limit that brings no more answers is taken back, and the next one waits for longer', t => {
	const search = new UpwardSearch();
	search.onLimit(1000);
	const up = after(search, 1000, 4, 1, 60);
	t.true(up > 1000);
	t.is(after(search, up, 4, 0.92, 120), 1000);
	t.is(after(search, 1000, 20, 1, 60), 1000);
	t.true(after(search, 1000, 4, 1, 120) > 1000);
});

test('a limit that is gone is forgotten', t => {
	const search = new UpwardSearch();
	search.onLimit(1000);
	let rate = 1000;
	for (let step = 0; step < 12; step++) {
		rate = after(search, rate, 4);
	}

	t.true(rate > 10_000, `${rate}`);
	search.onLimit(rate);
	search.forget();
	t.true(after(search, 1000, 4) > 1000);
});

test('a limit that was measured is left alone for longer', t => {
	const met = new UpwardSearch();
	met.onLimit(1000);
	const measured = new UpwardSearch();
	measured.onMeasured(1000);
	t.true(after(met, 1000, 4, 1, 60) > 1000);
	t.is(after(measured, 1000, 4, 1, 60), 1000);
	t.true(after(measured, 1000, 1, 1, 120) > 1000);
});
