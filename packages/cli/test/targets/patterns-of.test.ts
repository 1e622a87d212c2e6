import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import type {ScanOptions} from '@halfopen/scanner';
import {patternsOf} from '../../src/targets/patterns-of.ts';
import {fakeIo} from '../fake-io.ts';
import {end} from '../fake-scan.ts';
import {run, withFolder} from '../run-main.ts';

const patternsAsked = async (words: readonly string[], input = ''): Promise<ScanOptions['ipv6Patterns']> => {
	const {asked} = await run(['-6', ...words, '2001:db8::/64'], [end()], fakeIo(input));
	return asked[0]?.ipv6Patterns;
};

test('a scan without patterns has none', async t => {
	t.is(await patternsAsked([]), undefined);
});

test('patterns are those typed, in their order', async t => {
	t.deepEqual(await patternsAsked(['--ipv6-patterns', 'ports,low-byte:12,ipv4:192.0.2.0/24']), [
		{kind: 'ports'},
		{kind: 'low-byte', bits: 12},
		{kind: 'ipv4', targets: '192.0.2.0/24'},
	]);
});

test('an OUI is taken as it is, and a vendor by the blocks that it has', async t => {
	t.deepEqual(await patternsAsked(['--ipv6-patterns', 'eui64:00:0c:29']), [
		{kind: 'eui64', prefixes: ['00:0c:29']},
	]);
	const [pattern] = (await patternsAsked(['--ipv6-patterns', 'eui64:raspberry pi foundation'])) ?? [];
	t.true(pattern.kind === 'eui64' && pattern.prefixes.includes('B827EB'));
});

test('a vendor that nobody knows is an error', async t => {
	const {exitCode, errors} = await run(['-6', '--ipv6-patterns', 'eui64:no such', '::/64'], [end()]);
	t.is(
		errors,
		'halfopen: --ipv6-patterns eui64: expected an OUI such as 00:0c:29 or words of the name of a vendor, got `no such`\n',
	);
	t.is(exitCode, 2);
});

test('seeds come from a file, and are asked for without a pattern that says so', async t =>
	withFolder(async folder => {
		const file = path.join(folder, 'seeds');
		await writeFile(file, '2001:db8::7 # the first\n2001:db8:1::8\n');
		const addresses = ['2001:db8::7', '2001:db8:1::8'];
		t.deepEqual(await patternsAsked(['--ipv6-seeds', file]), [{kind: 'seeds', addresses}]);
		t.deepEqual(await patternsAsked(['--ipv6-seeds', file, '--ipv6-patterns', 'ports']), [
			{kind: 'ports'},
			{kind: 'seeds', addresses},
		]);
		t.deepEqual(await patternsAsked(['--ipv6-seeds', file, '--ipv6-patterns', 'seeds:3,ports']), [
			{kind: 'seeds', reach: 3, addresses},
			{kind: 'ports'},
		]);
	}));

test('seeds come from standard input, which nobody else may read then', async t => {
	t.deepEqual(await patternsAsked(['--ipv6-seeds', '-'], '::7'), [{kind: 'seeds', addresses: ['::7']}]);
	const {errors} = await run(['-6', '-iL', '-', '--ipv6-seeds', '-'], [end()], fakeIo('::7'));
	t.is(errors, 'halfopen: -iL and --ipv6-seeds: expected one of them to read standard input, got both\n');
});

test('an IPv4 address is no seed', async t => {
	const {errors} = await run(['-6', '--ipv6-seeds', '-', '::/64'], [end()], fakeIo('::7 192.0.2.7'));
	t.is(errors, 'halfopen: --ipv6-seeds: expected addresses of IPv6, got `192.0.2.7`\n');
});

test('no pattern and no seed is no option', async t => {
	t.is(await patternsOf(undefined, undefined), undefined);
});
