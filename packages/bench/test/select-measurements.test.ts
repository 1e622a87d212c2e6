import test from 'ava';
import {micros, SECOND} from '@halfopen/model';
import type {BenchOptions} from '../src/bench-options.ts';
import {MEASUREMENTS} from '../src/measurements/index.ts';
import {selectMeasurements} from '../src/select-measurements.ts';

const namesOf = (options: BenchOptions): string[] => selectMeasurements(options).map(({name}) => name);

test('without names all are taken', t => {
	t.deepEqual(
		namesOf({}),
		MEASUREMENTS.map(({name}) => name),
	);
});

test('names are taken in the order in which they are asked for', t => {
	t.deepEqual(namesOf({only: ['scan', 'generate']}), ['scan', 'generate']);
});

test('when nothing may be sent, what sends is left out', t => {
	const names = namesOf({isNull: true});
	t.deepEqual(
		names,
		MEASUREMENTS.filter(({needsCable}) => !needsCable).map(({name}) => name),
	);
	t.true(names.length > 0 && names.length < MEASUREMENTS.length);
});

test('asking for what sends is a mistake then', t => {
	t.deepEqual(namesOf({only: ['generate'], isNull: true}), ['generate']);
	t.throws(() => namesOf({only: ['send'], isNull: true}), {
		code: 'ERR_HALFOPEN_OPTION',
		message: '`send` sends packets, which `--null` forbids',
	});
});

test('an unknown name is a mistake, and the names are told', t => {
	t.throws(() => namesOf({only: ['sned']}), {
		code: 'ERR_HALFOPEN_OPTION',
		message: /^--only: expected one of generate, .*, got `sned`$/,
	});
});

test('names and labels tell measurements and cases apart', t => {
	const names = MEASUREMENTS.map(({name}) => name);
	const settings = {duration: micros(10 * SECOND), senderThreads: [1, 2, 4]};
	t.is(new Set(names).size, names.length);
	for (const measurement of MEASUREMENTS) {
		const labels = measurement.cases(settings).map(({label}) => label);
		t.is(new Set(labels).size, labels.length, measurement.name);
	}
});
