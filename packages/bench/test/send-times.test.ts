import test from 'ava';
import {gapShares, longestGap, mostAtOnce, rateOf} from '../src/send-times.ts';

/** Hand-overs of so many packets each, at these times in microseconds. */
const handOvers = (...pairs: readonly (readonly [at: number, packets: number])[]): Float64Array =>
	Float64Array.from(pairs.flatMap(([at, packets]) => Array.from({length: packets}, () => at)));

test('packets every millisecond are a thousand a second', t => {
	t.is(rateOf(Float64Array.from({length: 100}, (_, index) => 5000 + 1000 * index)), 1000);
});

test('the last hand-over is not part of the time before it', t => {
	t.is(rateOf(handOvers([0, 64], [640, 64], [1280, 64])), 100_000);
});

test('one packet has no rate', t => {
	t.is(rateOf(handOvers([7, 1])), 0);
	t.is(rateOf(new Float64Array()), 0);
});

test('the largest hand-over is found wherever it is', t => {
	t.is(mostAtOnce(handOvers([0, 1], [10, 5], [20, 2])), 5);
	t.is(mostAtOnce(handOvers([0, 3], [10, 1])), 3);
	t.is(mostAtOnce(handOvers([0, 1], [10, 4])), 4);
	t.is(mostAtOnce(new Float64Array()), 0);
});

test('the longest gap is that between two hand-overs', t => {
	t.is(longestGap(handOvers([100, 3], [150, 1], [950, 2], [1000, 1])), 800);
	t.is(longestGap(handOvers([100, 3])), 0);
});

test('gaps are judged by what the packets before them are due', t => {
	// Due at 10 µs a packet: 30 after the first three, 10 after each of the others
	const shares = gapShares(handOvers([0, 3], [30, 1], [34, 1], [49, 1], [449, 1]), 10);
	t.deepEqual(
		Object.entries(shares).filter(([, share]) => share > 0),
		[
			['gaps below half', 0.25],
			['right within 10 %', 0.25],
			['1.1 to 2 times', 0.25],
			['over 10 times', 0.25],
		],
	);
});

test('without gaps no share is above 0', t => {
	t.true(Object.values(gapShares(handOvers([5, 9]), 10)).every(share => share === 0));
});
