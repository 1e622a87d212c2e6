import {ScanError} from '@halfopen/model';
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
	},
});

test(refuses, {prots: '22'}, 'Expected options of a scan, got `prots`');
test(refuses, {toString: 1}, 'Expected options of a scan, got `toString`');
test(
	refuses,
	{targets: undefined},
	'Expected targets to be text, a list of texts, or what a TargetReader read, got nothing',
);
test(
	refuses,
	{targets: 5},
	'Expected targets to be text, a list of texts, or what a TargetReader read, got `5`',
);
test(
	refuses,
	{exclude: [7]},
	'Expected exclude to be text, a list of texts, or what a TargetReader read, got `[7]`',
);
test(refuses, {ports: 22}, 'Expected ports to be text or a list of numbers, got `22`');
test(refuses, {excludePorts: ['22']}, 'Expected excludePorts to be text or a list of numbers, got `["22"]`');
test(refuses, {family: 5}, 'Expected family to be 4 or 6, got `5`');
test(refuses, {template: 7}, 'Expected template to be a whole number from 0 to 5, got `7`');
test(refuses, {template: 'fast'}, 'Expected template to be a whole number from 0 to 5, got `fast`');
test(refuses, {scanType: 'udp'}, 'Expected scanType to be syn or connect, got `udp`');
test(refuses, {send: 'raw'}, 'Expected send to be auto, ip, packet or connect, got `raw`');
test(refuses, {services: {}}, 'Expected services to be what readServicesFile read, got `{}`');
test(refuses, {discovery: true}, 'Expected discovery to be an object or false, got `true`');
test(refuses, {hostTimeout: -1}, 'Expected hostTimeout to be a number of at least 0, got `-1`');
test(refuses, {minHostGroup: 0}, 'Expected minHostGroup to be a whole number of at least 1, got `0`');
test(
	refuses,
	{minHostGroup: 5, maxHostGroup: 2},
	'Expected minHostGroup not above maxHostGroup, got `5` and `2`',
);
test(refuses, {seed: 1.5}, 'Expected seed to be a whole number, got `1.5`');
test(refuses, {order: 'address'}, 'Expected order to be host or random, got `address`');
test(refuses, {results: 'list'}, 'Expected results to be table or stream, got `list`');
test(refuses, {maxHostRate: 0}, 'Expected maxHostRate to be a number above 0, got `0`');
test(refuses, {resultsBudget: Number.NaN}, 'Expected resultsBudget to be a number above 0, got `NaN`');
test(refuses, {senderThreads: 17}, 'Expected senderThreads to be a whole number from 1 to 16, got `17`');
test(refuses, {sourcePort: 70_000}, 'Expected sourcePort to be a whole number from 1 to 65535, got `70000`');
test(refuses, {ttl: 300}, 'Expected ttl to be a whole number from 1 to 255, got `300`');
test(refuses, {dataLength: -1}, 'Expected dataLength to be a whole number from 0 to 65435, got `-1`');
test(refuses, {reverseNames: true}, 'Expected reverseNames to be up, all or never, got `true`');
test(refuses, {dnsServers: '192.0.2.1'}, 'Expected dnsServers to be a list, got `192.0.2.1`');
test(refuses, {portEvents: 'closed'}, 'Expected portEvents to be open or all, got `closed`');
test(refuses, {trace: 1}, 'Expected trace to be true or false, got `1`');

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
