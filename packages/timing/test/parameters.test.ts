import {MILLISECOND, micros, SECOND} from '@halfopen/model';
import test from 'ava';
import * as fc from 'fast-check';
import {
	MOST_RETRIES,
	TEMPLATE_NAMES,
	TEMPLATES,
	type TimingOverrides,
	type TimingParameters,
	type TimingTemplate,
	timingParameters,
} from '../src/parameters.ts';

const milliseconds = (count: number) => micros(count * MILLISECOND);

/** What Nmap documents for -T0 to -T5; times in ms. */
const DOCUMENTED = {
	minRttTimeout: [100, 100, 100, 100, 100, 50],
	maxRttTimeout: [300_000, 15_000, 10_000, 10_000, 1250, 300],
	initialRttTimeout: [300_000, 15_000, 1000, 1000, 500, 250],
	scanDelay: [300_000, 15_000, 400, 0, 0, 0],
	maxScanDelay: [300_000, 15_000, 1000, 1000, 10, 5],
} as const;

for (const [name, values] of Object.entries(DOCUMENTED)) {
	test(`${name} of the templates is as documented`, t => {
		t.deepEqual(
			TEMPLATES.map(template => template[name as keyof typeof DOCUMENTED]),
			values.map(value => milliseconds(value)),
		);
	});
}

test('the polite templates have one probe on its way, the fast ones ask less often', t => {
	t.deepEqual(
		TEMPLATES.map(({maxParallelism}) => maxParallelism),
		[1, 1, 1, Infinity, Infinity, Infinity],
	);
	t.deepEqual(
		TEMPLATES.map(({maxRetries}) => maxRetries),
		[10, 10, 10, 10, 6, 2],
	);
});

test('each template has a name', t => {
	t.is(TEMPLATES.length, TEMPLATE_NAMES.length);
});

test('each template agrees with itself and is what it gives', t => {
	for (const [template, parameters] of TEMPLATES.entries()) {
		t.true(parameters.minRttTimeout <= parameters.initialRttTimeout);
		t.true(parameters.initialRttTimeout <= parameters.maxRttTimeout);
		t.true(parameters.scanDelay <= parameters.maxScanDelay);
		t.deepEqual(timingParameters(template as TimingTemplate), parameters);
	}
});

const interaction = test.macro<[string, TimingTemplate, TimingOverrides, Partial<TimingParameters>]>({
	title: (_, name) => name ?? '',
	exec: (t, _name, template, overrides, expected) => {
		t.like(timingParameters(template, overrides), {...overrides, ...expected});
	},
});

test(
	interaction,
	'an initial timeout above the highest of the template raises that',
	5,
	{initialRttTimeout: milliseconds(900)},
	{minRttTimeout: milliseconds(50), maxRttTimeout: milliseconds(900)},
);
test(
	interaction,
	'an initial timeout below the lowest of the template lowers that',
	3,
	{initialRttTimeout: milliseconds(20)},
	{minRttTimeout: milliseconds(20), maxRttTimeout: micros(10 * SECOND)},
);
test(
	interaction,
	'a highest timeout below what the template has lowers both others',
	3,
	{maxRttTimeout: milliseconds(30)},
	{minRttTimeout: milliseconds(30), initialRttTimeout: milliseconds(30)},
);
test(
	interaction,
	'a lowest timeout above what the template has raises both others',
	5,
	{minRttTimeout: milliseconds(700)},
	{maxRttTimeout: milliseconds(700), initialRttTimeout: milliseconds(700)},
);
test(
	interaction,
	'a scan delay raises the longest one',
	5,
	{scanDelay: milliseconds(50)},
	{maxScanDelay: milliseconds(50)},
);
test(
	interaction,
	'a least parallelism raises the most of a polite template',
	2,
	{minParallelism: 20},
	{maxParallelism: 20},
);
test(
	interaction,
	'a bound that agrees with the template moves nothing',
	3,
	{maxRetries: 1},
	{confidence: 0.999_999},
);

const refused = test.macro<[TimingOverrides, string]>({
	title: (_, overrides) => `${JSON.stringify(overrides)} is refused`,
	exec: (t, overrides, message) => {
		t.throws(() => timingParameters(3, overrides), {code: 'ERR_HALFOPEN_OPTION', message});
	},
});

test(refused, {minRttTimeout: micros(0)}, 'minRttTimeout: expected a number above 0, got `0`');
test(refused, {maxRate: -1}, 'maxRate: expected a number above 0, got `-1`');
test(refused, {minRate: Number.NaN}, 'minRate: expected a number of at least 0, got `NaN`');
test(refused, {scanDelay: micros(-1)}, 'scanDelay: expected a number of at least 0, got `-1`');
test(refused, {minParallelism: 0}, 'minParallelism: expected a number of at least 1, got `0`');
test(refused, {confidence: 1}, 'confidence: expected a number below 1, got `1`');
test(refused, {maxRetries: 1.5}, `maxRetries: expected a whole number up to ${MOST_RETRIES}, got \`1.5\``);
test(
	refused,
	{maxRetries: MOST_RETRIES + 1},
	`maxRetries: expected a whole number up to ${MOST_RETRIES}, got \`${MOST_RETRIES + 1}\``,
);
test(refused, {minRate: 100, maxRate: 50}, 'minRate: expected no more than maxRate, `50`, got `100`');
test(
	refused,
	{minRttTimeout: micros(2), maxRttTimeout: micros(1)},
	'minRttTimeout: expected no more than maxRttTimeout, `1`, got `2`',
);
test(
	refused,
	{minParallelism: 3, maxParallelism: 2},
	'minParallelism: expected no more than maxParallelism, `2`, got `3`',
);
test(
	refused,
	{scanDelay: micros(3), maxScanDelay: micros(2)},
	'scanDelay: expected no more than maxScanDelay, `2`, got `3`',
);

test('what is no timing option is left alone', t => {
	const options: TimingOverrides & {targets: string} = {targets: '192.0.2.1', maxRetries: 4};
	t.deepEqual(timingParameters(3, options), {...TEMPLATES[3], maxRetries: 4});
});

test('whatever timeouts are given, those that result are in order and keep what was given', t => {
	const time = fc.option(fc.integer({min: 1, max: 1_000_000_000}), {nil: undefined});
	t.notThrows(() => {
		fc.assert(
			fc.property(
				fc.integer({min: 0, max: 5}),
				fc.record({minRttTimeout: time, initialRttTimeout: time, maxRttTimeout: time}),
				(template, given) => {
					fc.pre((given.minRttTimeout ?? 0) <= (given.maxRttTimeout ?? Infinity));
					const {minRttTimeout, initialRttTimeout, maxRttTimeout} = timingParameters(
						template as TimingTemplate,
						given as TimingOverrides,
					);
					return (
						minRttTimeout <= initialRttTimeout &&
						initialRttTimeout <= maxRttTimeout &&
						minRttTimeout === (given.minRttTimeout ?? minRttTimeout) &&
						maxRttTimeout === (given.maxRttTimeout ?? maxRttTimeout)
					);
				},
			),
		);
	});
});

test('the longest scan delay is kept at any cost only where it was asked for', t => {
	t.false(timingParameters(4).keepsMaxScanDelay);
	t.true(timingParameters(4, {maxScanDelay: micros(10_000)}).keepsMaxScanDelay);
});
