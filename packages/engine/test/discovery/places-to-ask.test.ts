import {micros} from '@halfopen/model';
import {LossSpan, TryHistory} from '@halfopen/timing';
import test from 'ava';
import {PlacesToAsk} from '../../src/discovery/places-to-ask.ts';
import type {SilentRun} from '../../src/discovery/silent-targets.ts';

const HISTORY = new TryHistory(new LossSpan(() => 0.01));

const run = (from: number, to: number): SilentRun => ({
	from,
	to,
	history: HISTORY,
	attempt: 1,
	probesSent: 8,
	startedAt: micros(0),
});

const takeAll = (places: PlacesToAsk): string[] => {
	const taken: string[] = [];
	while (!places.isEmpty) {
		const {place, run: again} = places.take();
		taken.push(again === undefined ? `${place}` : `${place} again`);
	}

	return taken;
};

test('each target is asked once, and then those of runs that are to be asked again', t => {
	const places = new PlacesToAsk(3);
	t.deepEqual(takeAll(places), ['0', '1', '2']);
	t.true(places.isEmpty);
	places.add([run(0, 2), run(7, 8)]);
	t.deepEqual(takeAll(places), ['0 again', '1 again', '7 again']);
	places.add([]);
	t.true(places.isEmpty);
});

test('runs may come while others are being asked', t => {
	const places = new PlacesToAsk(0);
	places.add([run(5, 8)]);
	t.is(places.take().place, 5);
	places.add([run(1, 2)]);
	t.deepEqual(takeAll(places), ['6 again', '7 again', '1 again']);
});
