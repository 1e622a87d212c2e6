import {MOST_PAYLOAD, MOST_SENDER_THREADS, ScanError, type ScanOptionName} from '@halfopen/model';
import type {ScanOptions} from './scan-options.ts';

/**
 * Checks that options are what their types say, for callers whose compiler did not, and within bounds: a scan must not do
 * something else than it was asked for.
 * @throws ScanError `ERR_HALFOPEN_OPTION` that names the option, what it should be and what it is
 */
export const checkOptions = (options: ScanOptions): void => {
	for (const [name, value] of Object.entries(options)) {
		if (!Object.hasOwn(EXPECTATIONS, name)) {
			throw new ScanError('ERR_HALFOPEN_OPTION', `Expected options of a scan, got \`${name}\``);
		}

		const expectation = EXPECTATIONS[name as ScanOptionName];
		if (value !== undefined && expectation !== ELSEWHERE && !expectation.isMet(value)) {
			throw wrong(name as ScanOptionName, `Expected ${expectation.words}, got ${shown(value)}`);
		}
	}

	if (options.targets === undefined) {
		throw wrong('targets', `Expected ${SPECIFICATIONS.words}, got nothing`);
	}

	const {minHostGroup = 1, maxHostGroup = Infinity} = options;
	if (minHostGroup > maxHostGroup) {
		throw wrong(
			'minHostGroup',
			`Expected no more than maxHostGroup, \`${maxHostGroup}\`, got \`${minHostGroup}\``,
		);
	}
};

/** What a value has to be. */
interface Expectation {
	/** As in an error: `ttl: expected …`. */
	readonly words: string;
	readonly isMet: (value: unknown) => boolean;
}

const oneOf = (...values: readonly (string | number)[]): Expectation => ({
	words: `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`,
	isMet: value => values.some(each => each === value),
});

const wholeNumber = (least: number, most: number): Expectation => ({
	words: `a whole number from ${least} to ${most}`,
	isMet: value => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
});

const FLAG: Expectation = {words: 'true or false', isMet: value => typeof value === 'boolean'};

const TEXT: Expectation = {words: 'text', isMet: value => typeof value === 'string'};

const LIST: Expectation = {words: 'a list', isMet: value => Array.isArray(value)};

const SEED: Expectation = {words: 'a whole number', isMet: value => Number.isSafeInteger(value)};

const ABOVE_0: Expectation = {
	words: 'a number above 0',
	isMet: value => typeof value === 'number' && value > 0,
};

const FROM_0: Expectation = {
	words: 'a number of at least 0',
	isMet: value => typeof value === 'number' && value >= 0,
};

const GROUP: Expectation = {
	words: 'a whole number of at least 1',
	isMet: value => Number.isInteger(value) && Number(value) >= 1,
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isListOf = (type: 'string' | 'number', value: unknown): boolean =>
	Array.isArray(value) && value.every(item => typeof item === type);

const OBJECT: Expectation = {words: 'an object', isMet: isObject};

const OBJECT_OR_FALSE: Expectation = {
	words: 'an object or false',
	isMet: value => value === false || isObject(value),
};

const SPECIFICATIONS: Expectation = {
	words: 'text, a list of texts, or what a TargetReader read',
	isMet: value =>
		typeof value === 'string' || isListOf('string', value) || (isObject(value) && 'ranges' in value),
};

const SERVICES: Expectation = {
	words: 'what readServicesFile read',
	isMet: value => isObject(value) && 'names' in value,
};

const PORTS: Expectation = {
	words: 'text or a list of numbers',
	isMet: value => typeof value === 'string' || isListOf('number', value),
};

/** Whoever uses the value says what is wrong with it. */
const ELSEWHERE = 'elsewhere';

const EXPECTATIONS: Readonly<Record<ScanOptionName, Expectation | typeof ELSEWHERE>> = {
	targets: SPECIFICATIONS,
	family: oneOf(4, 6),
	exclude: SPECIFICATIONS,
	resolveAll: FLAG,
	ipv6Patterns: LIST,
	ipv6Multicast: FLAG,
	ports: PORTS,
	excludePorts: PORTS,
	topPorts: ELSEWHERE,
	portRatio: ELSEWHERE,
	services: SERVICES,
	discovery: OBJECT_OR_FALSE,
	scanType: oneOf('syn', 'connect'),
	template: wholeNumber(0, 5),
	maxRetries: ELSEWHERE,
	minRate: ELSEWHERE,
	maxRate: ELSEWHERE,
	scanDelay: ELSEWHERE,
	maxScanDelay: ELSEWHERE,
	minParallelism: ELSEWHERE,
	maxParallelism: ELSEWHERE,
	minRttTimeout: ELSEWHERE,
	maxRttTimeout: ELSEWHERE,
	initialRttTimeout: ELSEWHERE,
	confidence: ELSEWHERE,
	ignoreResets: FLAG,
	hostTimeout: FROM_0,
	minHostGroup: GROUP,
	maxHostGroup: GROUP,
	sequential: FLAG,
	seed: SEED,
	order: oneOf('host', 'random'),
	shard: OBJECT,
	pairs: ELSEWHERE,
	maxHostRate: ABOVE_0,
	results: oneOf('table', 'stream'),
	resultsBudget: ABOVE_0,
	senderThreads: wholeNumber(1, MOST_SENDER_THREADS),
	worker: FLAG,
	device: TEXT,
	sourcePort: wholeNumber(1, 65_535),
	ttl: wholeNumber(1, 255),
	dataLength: wholeNumber(0, MOST_PAYLOAD),
	send: oneOf('auto', 'ip', 'packet', 'connect'),
	reverseNames: oneOf('up', 'all', 'never'),
	dnsServers: LIST,
	systemDns: FLAG,
	portEvents: oneOf('open', 'all'),
	trace: FLAG,
	decisions: FLAG,
	simulate: ELSEWHERE,
	signal: ELSEWHERE,
} satisfies Record<keyof ScanOptions, Expectation | typeof ELSEWHERE>;

const shown = (value: unknown): string => `\`${isObject(value) ? JSON.stringify(value) : String(value)}\``;

const wrong = (option: ScanOptionName, problem: string): ScanError =>
	new ScanError('ERR_HALFOPEN_OPTION', problem, {option});
