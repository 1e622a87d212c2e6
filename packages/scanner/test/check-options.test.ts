import {ScanError, type ScanOptionName} from '@halfopen/model';
import {TargetReader} from '@halfopen/targets';
import test from 'ava';
import {checkOptions} from '../src/check-options.ts';
import type {ScanOptions} from '../src/index.ts';

/** As from JavaScript, where no compiler looks. */
const optionsOf = (options: Readonly<Record<string, unknown>>): ScanOptions => ({
	targets: '192.0.2.1',
	...options,
});

const refuses = test.macro({
	title: (_, options: Readonly<Record<string, unknown>>) => `refused: ${JSON.stringify(options)}`,
	exec(t, options: Readonly<Record<string, unknown>>, message: string) {
		const error = t.throws(() => checkOptions(optionsOf(options)), {instanceOf: ScanError});
		t.is(error?.code, 'ERR_HALFOPEN_OPTION');
		t.is(error?.message, message);
		t.is(error?.option, /^(\w+): /.exec(message)?.[1] as ScanOptionName | undefined);
	},
});

test(refuses, {prots: '22'}, 'Expected options of a scan, got `prots`');
test(refuses, {toString: 1}, 'Expected options of a scan, got `toString`');
test(
	refuses,
	{targets: undefined},
	'targets: expected text, a list of texts, or what a TargetReader read, got nothing',
);
test(refuses, {targets: 5}, 'targets: expected text, a list of texts, or what a TargetReader read, got `5`');
test(
	refuses,
	{exclude: [7]},
	'exclude: expected text, a list of texts, or what a TargetReader read, got `[7]`',
);
test(refuses, {ports: 22}, 'ports: expected text or a list of numbers, got `22`');
test(refuses, {excludePorts: ['22']}, 'excludePorts: expected text or a list of numbers, got `["22"]`');
test(refuses, {family: 5}, 'family: expected 4 or 6, got `5`');
test(refuses, {template: 7}, 'template: expected a whole number from 0 to 5, got `7`');
test(refuses, {template: 'fast'}, 'template: expected a whole number from 0 to 5, got `fast`');
test(refuses, {scanType: 'udp'}, 'scanType: expected syn or connect, got `udp`');
test(refuses, {send: 'raw'}, 'send: expected auto, ip, packet or connect, got `raw`');
test(refuses, {services: {}}, 'services: expected what readServicesFile read, got `{}`');
test(refuses, {discovery: true}, 'discovery: expected an object or false, got `true`');
test(refuses, {hostTimeout: -1}, 'hostTimeout: expected a number of at least 0, got `-1`');
test(refuses, {minHostGroup: 0}, 'minHostGroup: expected a whole number of at least 1, got `0`');
test(
	refuses,
	{minHostGroup: 5, maxHostGroup: 2},
	'minHostGroup: expected no more than maxHostGroup, `2`, got `5`',
);
test(refuses, {seed: 1.5}, 'seed: expected a whole number, got `1.5`');
test(refuses, {order: 'address'}, 'order: expected host or random, got `address`');
test(refuses, {results: 'list'}, 'results: expected table or stream, got `list`');
test(refuses, {maxHostRate: 0}, 'maxHostRate: expected a number above 0, got `0`');
test(refuses, {resultsBudget: Number.NaN}, 'resultsBudget: expected a number above 0, got `NaN`');
test(refuses, {senderThreads: 17}, 'senderThreads: expected a whole number from 1 to 16, got `17`');
test(refuses, {sourcePort: 70_000}, 'sourcePort: expected a whole number from 1 to 65535, got `70000`');
test(refuses, {ttl: 300}, 'ttl: expected a whole number from 1 to 255, got `300`');
test(refuses, {dataLength: -1}, 'dataLength: expected a whole number from 0 to 65435, got `-1`');
test(refuses, {reverseNames: true}, 'reverseNames: expected up, all or never, got `true`');
test(refuses, {dnsServers: '192.0.2.1'}, 'dnsServers: expected a list, got `192.0.2.1`');
test(refuses, {portEvents: 'closed'}, 'portEvents: expected open or all, got `closed`');
test(refuses, {trace: 1}, 'trace: expected true or false, got `1`');

test('what an option can be is taken, and what is undefined was not said', t => {
	const read = new TargetReader();
	read.add('192.0.2.0/24');
	t.notThrows(() => {
		checkOptions(
			optionsOf({
				targets: read.take(),
				exclude: ['192.0.2.7'],
				ports: [22, 80],
				excludePorts: '25',
				discovery: false,
				template: 0,
				hostTimeout: 0,
				minHostGroup: 2,
				maxHostGroup: 2,
				seed: -1,
				dataLength: 0,
				results: undefined,
				signal: new AbortController().signal,
			}),
		);
	});
});
