import {fileURLToPath} from 'node:url';
import * as fc from 'fast-check';
import {formatAddress, ipv4} from '@halfopen/model';
import type {Lab} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import type {PathRangesResult} from './run-path-ranges.ts';

const labTest = useLab();

const PROGRAM = fileURLToPath(new URL('run-path-ranges.ts', import.meta.url));

const askRanges = async (lab: Lab, addresses: readonly number[]): Promise<PathRangesResult> => {
	const args = ['--conditions=@halfopen/source', PROGRAM, JSON.stringify(addresses)];
	const {status, stdout, stderr} = await lab.scanner.run(process.execPath, args);
	if (status !== 0) {
		throw new Error(`The program ended with status ${status}\n${stdout}\n${stderr}`);
	}

	return JSON.parse(stdout) as PathRangesResult;
};

/** Where a route of the scanner may lead. */
const WAYS = [
	'via 10.77.3.2',
	'via 10.77.3.3',
	'via 10.77.1.254',
	'via 10.77.1.254 src 10.77.3.1',
	'dev tunnel',
	'dev direct',
	'nexthop via 10.77.3.2 nexthop via 10.77.3.3',
] as const;
const KINDS = ['blackhole', 'unreachable', 'prohibit', 'throw', 'local'] as const;

type RouteCase = {readonly address: number; readonly length: number; readonly what: string};

/** Prefixes of 11.0.0.0/8, many of them one within the other. */
const route: fc.Arbitrary<RouteCase> = fc.record({
	address: fc.oneof(fc.nat(0xff_ff_ff), fc.nat(0x3_ff)).map(host => 0x0b_00_00_00 + host),
	length: fc.integer({min: 9, max: 32}),
	what: fc.oneof(fc.constantFrom(...WAYS), fc.constantFrom(...KINDS)),
});

const prefixOf = ({address, length}: RouteCase): string => {
	const mask = 2 ** (32 - length);
	return `${formatAddress(ipv4(Math.floor(address / mask) * mask))}/${length}`;
};

const command = (one: RouteCase): string =>
	KINDS.includes(one.what as (typeof KINDS)[number])
		? `route replace ${one.what} ${prefixOf(one)}${one.what === 'local' ? ' dev lo' : ''}`
		: `route replace ${prefixOf(one)} ${one.what}`;

labTest('all addresses of a range that shares a path have the route of the path', async (t, lab) => {
	const routes = fc.sample(route, {seed: 7, numRuns: 200});
	lab.scanner.ip(routes.map(one => command(one)).join('\n'));
	const addresses = [
		...routes.map(({address}) => address),
		...fc.sample(fc.nat(0xff_ff_ff), {seed: 8, numRuns: 100}).map(host => 0x0b_00_00_00 + host),
		...fc.sample(fc.nat(2 ** 32 - 1), {seed: 9, numRuns: 100}),
	];
	const {covered, compared, differences} = await askRanges(lab, addresses);
	t.deepEqual(differences, []);
	t.true(covered > 200, `${covered} addresses are in a known range`);
	t.true(compared >= covered);
});

labTest('a route with several next hops is no range', async (t, lab) => {
	lab.scanner.ip('route replace 12.0.0.0/8 nexthop via 10.77.3.2 nexthop via 10.77.3.3');
	t.is((await askRanges(lab, [0x0c_01_02_03])).covered, 0);
});

labTest('where a rule chooses the table, every address is asked about', async (t, lab) => {
	lab.scanner.ip('rule add to 13.0.0.0/16 table 100');
	t.is((await askRanges(lab, [0x0a_63_00_01, 0x0a_4d_02_02])).covered, 0);
	lab.scanner.ip('rule delete to 13.0.0.0/16 table 100');
	t.is((await askRanges(lab, [0x0a_63_00_01, 0x0a_4d_02_02])).covered, 2);
});
