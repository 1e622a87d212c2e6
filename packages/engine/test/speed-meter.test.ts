import {micros, SECOND} from '@halfopen/model';
import test from 'ava';
import {SpeedMeter} from '../src/speed-meter.ts';

const measured = (seconds: number, probesPerSecond: (second: number) => number): SpeedMeter => {
	const meter = new SpeedMeter();
	let probes = 0;
	for (let step = 0; step <= seconds * 100; step++) {
		meter.note(micros((step * SECOND) / 100), probes, probes / 2);
		probes += probesPerSecond(Math.floor(step / 100)) / 100;
	}

	return meter;
};

test('nothing is measured at first', t => {
	const meter = new SpeedMeter();
	t.is(meter.rateNow(micros(SECOND), 10), 0);
	t.is(meter.timeFor(100, micros(SECOND), 10), undefined);
});

test('the rate now is that of the last second, whatever was before', t => {
	const meter = measured(20, second => (second < 10 ? 5000 : 100));
	t.true(Math.abs(meter.rateNow(micros(20 * SECOND), 51_000) - 100) < 1);
});

test('the time left follows the speed at which ports were done in the last ten seconds', t => {
	const meter = measured(32, second => (second < 20 ? 5000 : 100));
	const left = meter.timeFor(500, micros(32 * SECOND), 50_600);
	t.true(Math.abs((left ?? 0) - 10 * SECOND) < SECOND);
});
