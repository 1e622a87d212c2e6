import test from 'ava';
import {micros} from '@halfopen/model';
import {Link} from '../src/link.ts';
import {randomFor} from '../src/random.ts';
import type {SimulatedLink} from '../src/simulated-network.ts';

const PACKETS = 10_000;

/** Arrivals of packets that leave every 100 µs. */
const arrivals = (settings: SimulatedLink, direction: 'out' | 'back' = 'out') => {
	const link = new Link(settings, direction, randomFor(1, 'link'));
	return Array.from({length: PACKETS}, (_, index) => link.carry(micros(index * 100)));
};

test('a plain link carries each packet once, after its delay', t => {
	t.deepEqual(
		arrivals({delay: micros(5000)}),
		Array.from({length: PACKETS}, (_, index) => [micros(5000 + index * 100)]),
	);
});

const lostOf = (direction: 'out' | 'back'): number =>
	arrivals({loss: {out: 0.1}}, direction).filter(times => times.length === 0).length;

test('loss is counted for each direction', t => {
	t.true(Math.abs(lostOf('out') - 0.1 * PACKETS) < 100, `${lostOf('out')}`);
	t.is(lostOf('back'), 0);
});

test('some packets arrive twice', t => {
	const twice = arrivals({duplicate: 0.05}).filter(times => times.length === 2).length;
	t.true(Math.abs(twice - 0.05 * PACKETS) < 75, `${twice}`);
});

test('jitter delays by up to its bound and keeps the order', t => {
	const times = arrivals({delay: micros(1000), jitter: micros(400)}).flat();
	t.true(times.every((time, index) => index === 0 || time >= times[index - 1]));
	t.true(times.every((time, index) => time >= 1000 + index * 100 && time <= 1400 + index * 100));
	t.true(new Set(times.map((time, index) => Math.round(time - index * 100))).size > 100);
});

test('packets held back are overtaken', t => {
	const times = arrivals({delay: micros(1000), reorder: 0.1}).flat();
	const late = times.filter((time, index) => time > 1000 + index * 100);
	t.true(Math.abs(late.length - 0.1 * PACKETS) < 100, `${late.length}`);
	t.true(times.every((time, index) => time <= 2000 + index * 100));
	t.true(times.some((time, index) => index > 0 && time < times[index - 1]));
});
