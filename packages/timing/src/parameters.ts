import {MILLISECOND, type Micros, ScanError, type ScanOptionName, SECOND, micros} from '@halfopen/model';

/** The numbers that the timing of a scan follows. Times in µs. */
export interface TimingParameters {
	/** Bounds of the timeout of a probe, and its value before the first round trip is known. */
	readonly minRttTimeout: Micros;
	readonly maxRttTimeout: Micros;
	readonly initialRttTimeout: Micros;
	/** Smallest gap between two probes to one host, and how far it may grow by itself. */
	readonly scanDelay: Micros;
	readonly maxScanDelay: Micros;
	/** Whether `maxScanDelay` was asked for: then it holds even where a host is known to answer less often. */
	readonly keepsMaxScanDelay: boolean;
	/** Bounds of the probes in flight, to one host and to all. */
	readonly minParallelism: number;
	readonly maxParallelism: number;
	/** Probes to a silent port after the first. */
	readonly maxRetries: number;
	/** Probes per second over all hosts: sent even where the windows say no, and never exceeded. */
	readonly minRate: number;
	readonly maxRate: number;
	/** Chance for a port not to be called silent by mistake; 0 ≤ confidence < 1. */
	readonly confidence: number;
	/** Probes per second to one host at first, and as far as that grows while nothing answers at all. */
	readonly initialRate: number;
	readonly blindRate: number;
	/** Whether RSTs say nothing about the path, because the host limits them (`--defeat-rst-ratelimit`). */
	readonly ignoreResets: boolean;
}

/** How fast or polite: `-T0` to `-T5`. */
export type TimingTemplate = 0 | 1 | 2 | 3 | 4 | 5;

/** The names that `-T` takes, by template. */
export const TEMPLATE_NAMES = ['paranoid', 'sneaky', 'polite', 'normal', 'aggressive', 'insane'] as const;

/** What a user may set himself; it overrides the template. */
export type TimingOverrides = Partial<
	Pick<
		TimingParameters,
		| 'minRttTimeout'
		| 'maxRttTimeout'
		| 'initialRttTimeout'
		| 'scanDelay'
		| 'maxScanDelay'
		| 'minParallelism'
		| 'maxParallelism'
		| 'maxRetries'
		| 'minRate'
		| 'maxRate'
		| 'confidence'
		| 'ignoreResets'
	>
>;

/** Tries are told apart by eight bits in probe records, and canaries need some of the values. */
export const MOST_RETRIES = 200;

const milliseconds = (value: number): Micros => micros(value * MILLISECOND);

const NORMAL: TimingParameters = {
	minRttTimeout: milliseconds(100),
	maxRttTimeout: micros(10 * SECOND),
	initialRttTimeout: micros(SECOND),
	scanDelay: micros(0),
	maxScanDelay: micros(SECOND),
	keepsMaxScanDelay: false,
	minParallelism: 0,
	maxParallelism: Infinity,
	maxRetries: 10,
	minRate: 0,
	maxRate: Infinity,
	confidence: 0.999_999,
	initialRate: 320,
	blindRate: 5000,
	ignoreResets: false,
};

/**
 * Every parameter of every template. Timeouts, delays, parallelism and retries are those that Nmap documents for `-T0`
 * to `-T5`; rates are our own.
 */
export const TEMPLATES: readonly TimingParameters[] = [
	{
		...NORMAL,
		maxRttTimeout: micros(300 * SECOND),
		initialRttTimeout: micros(300 * SECOND),
		scanDelay: micros(300 * SECOND),
		maxScanDelay: micros(300 * SECOND),
		maxParallelism: 1,
	},
	{
		...NORMAL,
		maxRttTimeout: micros(15 * SECOND),
		initialRttTimeout: micros(15 * SECOND),
		scanDelay: micros(15 * SECOND),
		maxScanDelay: micros(15 * SECOND),
		maxParallelism: 1,
	},
	{...NORMAL, scanDelay: milliseconds(400), maxParallelism: 1},
	NORMAL,
	{
		...NORMAL,
		maxRttTimeout: milliseconds(1250),
		initialRttTimeout: milliseconds(500),
		maxScanDelay: milliseconds(10),
		maxRetries: 6,
		initialRate: 500,
		blindRate: 10_000,
	},
	{
		...NORMAL,
		minRttTimeout: milliseconds(50),
		maxRttTimeout: milliseconds(300),
		initialRttTimeout: milliseconds(250),
		maxScanDelay: milliseconds(5),
		maxRetries: 2,
		initialRate: 1000,
		blindRate: 20_000,
	},
];

/**
 * The parameters of a template with the user's own values put over them. A value set by the user moves the
 * template's where the two would contradict each other.
 * @throws ScanError `ERR_HALFOPEN_OPTION` when a value is out of range or two of the user's contradict each other.
 */
export const timingParameters = (
	template: TimingTemplate,
	overrides: TimingOverrides = {},
): TimingParameters => {
	const given = givenOf(overrides);
	checkOverrides(given);
	const parameters = {...TEMPLATES[template], ...given};
	return {
		...parameters,
		...reconcileTimeouts(parameters, given),
		maxScanDelay: larger(parameters.maxScanDelay, parameters.scanDelay),
		keepsMaxScanDelay: given.maxScanDelay !== undefined,
		maxParallelism: Math.max(parameters.maxParallelism, parameters.minParallelism),
	};
};

/** The values that were given; whatever else the object holds is none of ours. */
const givenOf = (overrides: TimingOverrides): TimingOverrides =>
	Object.fromEntries(
		[...Object.keys(LOWER_BOUNDS), 'ignoreResets']
			.map(name => [name, overrides[name as keyof TimingOverrides]])
			.filter(([, value]) => value !== undefined),
	);

const LOWER_BOUNDS: {
	readonly [Key in Exclude<keyof TimingOverrides, 'ignoreResets'>]-?: {
		readonly above?: number;
		readonly from?: number;
	};
} = {
	minRttTimeout: {above: 0},
	maxRttTimeout: {above: 0},
	initialRttTimeout: {above: 0},
	scanDelay: {from: 0},
	maxScanDelay: {from: 0},
	minParallelism: {from: 1},
	maxParallelism: {from: 1},
	maxRetries: {from: 0},
	minRate: {from: 0},
	maxRate: {above: 0},
	confidence: {from: 0},
};

const PAIRS = [
	['minRttTimeout', 'maxRttTimeout'],
	['minParallelism', 'maxParallelism'],
	['minRate', 'maxRate'],
	['scanDelay', 'maxScanDelay'],
] as const;

const checkOverrides = (given: TimingOverrides): void => {
	for (const [name, bounds] of Object.entries(LOWER_BOUNDS)) {
		const value = given[name as keyof typeof LOWER_BOUNDS];
		if (value === undefined) {
			continue;
		}

		const {above = -Infinity, from = -Infinity} = bounds;
		if (!(value > above && value >= from)) {
			const bound = from === -Infinity ? `above ${above}` : `of at least ${from}`;
			throw wrong(name as keyof typeof LOWER_BOUNDS, `Expected a number ${bound}, got \`${value}\``);
		}
	}

	if (
		given.maxRetries !== undefined &&
		!(Number.isInteger(given.maxRetries) && given.maxRetries <= MOST_RETRIES)
	) {
		throw wrong('maxRetries', `Expected a whole number up to ${MOST_RETRIES}, got \`${given.maxRetries}\``);
	}

	if (given.confidence !== undefined && given.confidence >= 1) {
		throw wrong('confidence', `Expected a number below 1, got \`${given.confidence}\``);
	}

	for (const [low, high] of PAIRS) {
		if (given[low] !== undefined && given[high] !== undefined && given[low] > given[high]) {
			throw wrong(low, `Expected no more than ${high}, \`${given[high]}\`, got \`${given[low]}\``);
		}
	}
};

const wrong = (option: keyof TimingOverrides & ScanOptionName, problem: string): ScanError =>
	new ScanError('ERR_HALFOPEN_OPTION', problem, {option});

/** The user's value wins over the template's; among the template's own, the bounds give way to it. */
const reconcileTimeouts = (
	parameters: TimingParameters,
	given: TimingOverrides,
): Pick<TimingParameters, 'minRttTimeout' | 'maxRttTimeout' | 'initialRttTimeout'> => {
	let {minRttTimeout, maxRttTimeout, initialRttTimeout} = parameters;
	if (given.initialRttTimeout !== undefined) {
		maxRttTimeout = given.maxRttTimeout ?? larger(maxRttTimeout, initialRttTimeout);
		minRttTimeout = given.minRttTimeout ?? smaller(minRttTimeout, initialRttTimeout);
	}

	if (given.minRttTimeout !== undefined) {
		maxRttTimeout = larger(maxRttTimeout, minRttTimeout);
	}

	if (given.maxRttTimeout !== undefined) {
		minRttTimeout = smaller(minRttTimeout, maxRttTimeout);
	}

	initialRttTimeout = smaller(larger(initialRttTimeout, minRttTimeout), maxRttTimeout);
	return {minRttTimeout, maxRttTimeout, initialRttTimeout};
};

const larger = (a: Micros, b: Micros): Micros => (a > b ? a : b);

const smaller = (a: Micros, b: Micros): Micros => (a < b ? a : b);
