import test from 'ava';
import {TriesGiven} from '../../src/sweep/tries-given.ts';

const noted = (tries: readonly (readonly [count: number, tries: number])[]): TriesGiven => {
	const given = new TriesGiven();
	let position = 0;
	for (const [count, each] of tries) {
		for (let left = count; left > 0; left--) {
			given.note(position++, each, each);
		}
	}

	return given;
};

test('positions in a row with as many tries make one run', t => {
	t.deepEqual(noted([[100_000, 2]]).runs, [{from: 0, to: 100_000, least: 2, most: 2}]);
});

test('runs are told apart by the tries that were given', t => {
	const {runs} = noted([
		[10, 2],
		[50_000, 3],
		[50_000, 2],
	]);
	t.deepEqual(runs, [
		{from: 0, to: 10, least: 2, most: 2},
		{from: 10, to: 50_010, least: 3, most: 3},
		{from: 50_010, to: 100_010, least: 2, most: 2},
	]);
});

test('runs with too few tries are taken, one at a time, unless more are not allowed', t => {
	const given = noted([
		[5000, 2],
		[5000, 4],
		[5000, 3],
	]);
	t.is(given.takeShort(2, 11), undefined);
	t.like(given.takeShort(4, 11), {from: 0, least: 2});
	t.like(given.takeShort(4, 11), {from: 10_000, least: 3});
	t.is(given.takeShort(4, 11), undefined);
	t.is(given.takeShort(5, 4), undefined);
});

test('runs that change all the time are joined: no position is forgotten, and none taken for better than it is', t => {
	const given = new TriesGiven();
	const positions = 100_000;
	for (let position = 0; position < positions; position++) {
		given.note(position, 2 + (position % 2), 2 + (position % 2));
	}

	t.true(given.runs.length <= 1024);
	t.is(given.runs[0].from, 0);
	t.is(given.runs.at(-1)?.to, positions);
	t.true(given.runs.every(({from}, index) => index === 0 || from === given.runs[index - 1].to));
	t.true(given.runs.slice(0, 500).every(({least, most}) => least === 2 && most === 3));
});
