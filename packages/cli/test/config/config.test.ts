import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js';
import {ScanError} from '@halfopen/model';
import {MOST_RETRIES} from '@halfopen/timing';
import {configSchema} from '../../src/config/config-schema.ts';
import {readConfig} from '../../src/config/read-config.ts';
import {withConfig} from '../../src/config/with-config.ts';
import {configKey} from '../../src/options/option.ts';
import {OPTIONS} from '../../src/options/options.ts';
import {parseCommandLine} from '../../src/options/parse-command-line.ts';
import {DEFAULT_SETTINGS, type Settings} from '../../src/options/settings.ts';

const withFolder = async (action: (folder: string) => Promise<void>): Promise<void> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-config-'));
	try {
		await action(folder);
	} finally {
		await rm(folder, {recursive: true});
	}
};

/** The settings of a command line with this config file. */
const settingsWith = async (content: unknown, line: string): Promise<Settings> => {
	let settings = DEFAULT_SETTINGS;
	await withFolder(async folder => {
		const file = path.join(folder, 'config.json');
		await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
		try {
			const {typed} = parseCommandLine(line.split(' '));
			settings = withConfig(typed, await readConfig(file, {environment: {}}));
		} catch (error) {
			throw new ScanError('ERR_HALFOPEN_OPTION', (error as Error).message.replaceAll(file, 'FILE'));
		}
	});
	return settings;
};

const SCHEMA = configSchema(OPTIONS);
const isValid: ValidateFunction = new Ajv2020().compile(SCHEMA);

const reads = test.macro({
	title: (_, content: unknown, line: string) => `${JSON.stringify(content)} and \`${line}\` together`,
	async exec(t, content: unknown, line: string, expected: Partial<Settings>) {
		t.true(isValid(content), JSON.stringify(isValid.errors));
		t.deepEqual(await settingsWith(content, line), {...DEFAULT_SETTINGS, ...expected} as Settings);
	},
});

test(reads, {}, 'x', {});
test(reads, {$schema: './config.schema.json', p: '22,80', n: true, R: false}, 'x', {
	ports: '22,80',
	reverseNames: 'never',
});
test(reads, {'max-rate': 100, 'max-retries': 2, timing: 'polite'}, 'x', {
	maxRate: 100,
	maxRetries: 2,
	template: 2,
});
test(reads, {'scan-delay': '20ms', 'host-timeout': 2}, 'x', {
	scanDelay: 20_000,
	hostTimeout: 2_000_000,
} as Partial<Settings>);
test(reads, {exclude: ['a', 'b'], 'dns-servers': '192.0.2.1'}, 'x', {
	exclude: ['a', 'b'],
	dnsServers: ['192.0.2.1'],
});
test(reads, {oX: 'scan.xml', explain: true, rate: 'max'}, 'x', {
	xmlFile: 'scan.xml',
	explain: '0-',
	minRate: Infinity,
});

// The command line wins.
test(reads, {'max-rate': 100, n: true}, '--max-rate 5 -R x', {maxRate: 5, reverseNames: 'all'});
test(reads, {verbose: 2}, '-v x', {verbosity: 1});
test(reads, {p: '22'}, '-p 23 x', {ports: '23'});
test(reads, {iL: 'a'}, '-iL b', {inputFile: 'b'});
test(reads, {p: '22', 'max-retries': 1}, '-F x', {fast: true, maxRetries: 1});
test(reads, {sS: true}, '-sT x', {scanType: 'connect'});
test(reads, {'min-rate': 100}, '--max-rate 5 x', {maxRate: 5});

// Except that nobody is asked by mistake.
test(reads, {exclude: 'a'}, '--exclude b x', {exclude: ['a', 'b']});

const refuses = test.macro({
	title: (_, content: unknown) => `refuses ${JSON.stringify(content)}`,
	async exec(t, content: unknown, message: string, schemaSeesIt = true) {
		t.is(isValid(content), !schemaSeesIt);
		const error = await t.throwsAsync(settingsWith(content, 'x'), {instanceOf: ScanError});
		t.is(error?.message, message);
	},
});

test(refuses, [], 'FILE: expected an object of options, got `[]`');
test(refuses, null, 'FILE: expected an object of options, got `null`');
test(refuses, {T: 9}, 'FILE: `T` is called `timing` in a config file');
test(refuses, {x: 1}, 'FILE: `x` is no option of a config file');
test(refuses, {'max-rat': 1}, 'FILE: `max-rat` is no option of a config file; did you mean `max-rate`?');
test(refuses, {config: 'x'}, 'FILE: `config` is no option of a config file');
test(
	refuses,
	{'max-retries': 'many'},
	`FILE: max-retries: expected a whole number from 0 to ${MOST_RETRIES}, got \`many\``,
);
test(refuses, {n: 'yes'}, 'FILE: n: expected true or false, got `"yes"`');
test(refuses, {p: {from: 1}}, 'FILE: p: expected text or a number, got `{"from":1}`');
test(refuses, {ttl: 256}, 'FILE: ttl: expected a whole number from 1 to 255, got `256`');
test(
	refuses,
	{'scan-delay': 100},
	'FILE: scan-delay: `100` would be 100 seconds; write 100ms for milliseconds or 100s for seconds',
);
test(
	refuses,
	{p: '22', F: true},
	'FILE: -F and -p: expected one of them, got both; --top-ports 100 with -p takes the most popular of those',
	false,
);

test('a file that is no JSON is refused', async t => {
	const error = await t.throwsAsync(settingsWith('{"n": true,}', 'x'), {instanceOf: ScanError});
	t.regex(error?.message ?? '', /^FILE: expected JSON: .* JSON/);
});

test('a file that is named must be there', async t => {
	const error = await t.throwsAsync(readConfig('/nonexistent/c.json', {environment: {}}), {
		instanceOf: ScanError,
	});
	t.is(error?.message, '--config: cannot read `/nonexistent/c.json`: no such file or directory (ENOENT)');
});

const textsFound = async (environment: NodeJS.ProcessEnv): Promise<string[]> =>
	(await readConfig(undefined, {environment})).map(({text}) => text);

test('the usual file is that of XDG_CONFIG_HOME or of the home folder, and need not be there', async t =>
	withFolder(async folder => {
		const environment = {HOME: folder, XDG_CONFIG_HOME: path.join(folder, 'xdg')};
		t.deepEqual(await readConfig(undefined, {environment}), []);
		for (const place of ['xdg', '.config']) {
			await mkdir(path.join(folder, place, 'halfopen'), {recursive: true});
			await writeFile(path.join(folder, place, 'halfopen/config.json'), `{"p": "${place}"}`);
		}
		t.deepEqual(await textsFound(environment), ['xdg']);
		t.deepEqual(await textsFound({HOME: folder}), ['.config']);
		t.deepEqual(await textsFound({HOME: folder, XDG_CONFIG_HOME: 'relative'}), ['.config']);
	}));

test('the schema has a key for every option that a file may have, and each only once', t => {
	const keys = OPTIONS.filter(({isOnlyTyped}) => isOnlyTyped === undefined).map(option => configKey(option));
	t.deepEqual(Object.keys(SCHEMA['properties'] as object).sort(), ['$schema', ...keys].sort());
	t.is(new Set(keys).size, keys.length);
});

test('the schema that is shipped is current', async t => {
	const shipped = path.join(import.meta.dirname, '../../schemas/config.schema.json');
	t.deepEqual(JSON.parse(await readFile(shipped, 'utf8')), SCHEMA);
});
