import test from 'ava';
import {spreadEvenly} from '../src/spread-evenly.ts';

test('however many places there are, no two are close and no gap is wide', t => {
	for (const count of [2, 5, 24, 1000]) {
		const places = Array.from({length: count}, (_, index) => spreadEvenly(index)).sort((a, b) => a - b);
		const gaps = places.map((place, index) => (places[index + 1] ?? 1) - place);
		t.true(places[0] === 0 && Math.min(...gaps) > 0.3 / count, `${Math.min(...gaps)}`);
		t.true(Math.max(...gaps) < 3 / count, `${Math.max(...gaps)}`);
	}
});
