// What the timing makes of networks of many kinds, as tables to be reviewed: each cell is seconds, packets per port, and
// the ports whose state is wrong, if any. See `matchTable` for how to write them anew.
import type {SimulatedLink} from '@halfopen/simulator';
import test from 'ava';
import {measure, type Measurement} from './measure.ts';
import {hosts, MIXES, type Mix, milliseconds, numbers} from './networks.ts';
import type {SimulatedScan} from './simulate-scan.ts';
import {matchTable} from './text-table.ts';

/** Hosts, and ports of each. */
const SIZES = [
	[1, 1000],
	[16, 100],
] as const;

const MIX_NAMES = Object.keys(MIXES) as Mix[];

const cell = ({time, probesPerPort, wrong}: Measurement): string =>
	`${time.toFixed(2)} s ${probesPerPort.toFixed(2)}${wrong === 0 ? '' : ` ${wrong} wrong`}`;

/** A table with a row for each case and a cell for each of its scans. */
const grid = async (
	head: readonly string[],
	cases: readonly {readonly names: readonly string[]; readonly scans: readonly SimulatedScan[]}[],
): Promise<string[][]> => {
	const rows = [[...head]];
	for (const {names, scans} of cases) {
		const cells: string[] = [];
		for (const scan of scans) {
			cells.push(cell(await measure(scan)));
		}

		rows.push([...names, ...cells]);
	}

	return rows;
};

const ROUND_TRIPS = [1, 20, 150];
const ROUND_TRIP_HEADS = ROUND_TRIPS.map(rtt => `RTT ${rtt} ms`);

test('loss', async t => {
	const cases = SIZES.flatMap(([hostCount, portCount]) =>
		MIX_NAMES.flatMap(mix =>
			[0, 1, 2, 5, 10].map(loss => ({
				names: [`${hostCount} x ${portCount}`, mix, `${loss} %`],
				scans: ROUND_TRIPS.map(rtt => ({
					network: {
						seed: 1,
						hosts: hosts(hostCount, MIXES[mix]),
						link: {delay: milliseconds(rtt / 2), loss: {out: loss / 100, back: loss / 100}},
					},
					ports: numbers(portCount),
				})),
			})),
		),
	);
	matchTable(t, 'loss', await grid(['hosts', 'ports', 'loss each way', ...ROUND_TRIP_HEADS], cases));
});

const LIMITED_MIXES: readonly Mix[] = ['mostly closed', 'half silent'];

for (const limit of ['rstLimit', 'synLimit'] as const) {
	test(`rates that a host limits: ${limit}`, async t => {
		const cases = SIZES.flatMap(([hostCount, portCount]) =>
			LIMITED_MIXES.flatMap(mix =>
				[50, 100, 1000].map(perSecond => ({
					names: [`${hostCount} x ${portCount}`, mix, `${perSecond}/s`],
					scans: ROUND_TRIPS.map(rtt => ({
						network: {
							seed: 1,
							hosts: hosts(hostCount, {...MIXES[mix], [limit]: {perSecond, burst: 5}}),
							link: {delay: milliseconds(rtt / 2)},
						},
						ports: numbers(portCount),
					})),
				})),
			),
		);
		matchTable(t, limit, await grid(['hosts', 'ports', 'limit', ...ROUND_TRIP_HEADS], cases));
	});
}

test('a narrow line that all hosts share', async t => {
	const sizes = [
		[1, 5000],
		[16, 250],
	] as const;
	const cases = sizes.flatMap(([hostCount, portCount]) =>
		LIMITED_MIXES.flatMap(mix =>
			[500, 2000, 10_000].flatMap(packetsPerSecond =>
				[20, 200].map(queue => ({
					names: [`${hostCount} x ${portCount}`, mix, `${packetsPerSecond}/s`, `${queue}`],
					scans: [20, 100].map(rtt => ({
						network: {
							seed: 1,
							hosts: hosts(hostCount, MIXES[mix]),
							link: {delay: milliseconds(rtt / 2)},
							bottleneck: {packetsPerSecond, queue},
						},
						ports: numbers(portCount),
					})),
				})),
			),
		),
	);
	const head = ['hosts', 'ports', 'line', 'queue', 'RTT 20 ms', 'RTT 100 ms'];
	matchTable(t, 'bottleneck', await grid(head, cases));
});

const ODD_LINKS: Record<string, SimulatedLink> = {
	plain: {},
	'bursts of 3, 3 %': {bursts: {begin: 0.01, end: 1 / 3}},
	'bursts of 10, 3 %': {bursts: {begin: 0.003, end: 0.1}},
	'bursts of 30, 3 %': {bursts: {begin: 0.001, end: 1 / 30}},
	'10 % twice': {duplicate: 0.1},
	'20 % out of order': {reorder: 0.2},
	'jitter 20 ms': {jitter: milliseconds(20)},
};

test('links that are odd', async t => {
	const cases = SIZES.flatMap(([hostCount, portCount]) =>
		Object.entries(ODD_LINKS).map(([name, link]) => ({
			names: [`${hostCount} x ${portCount}`, name],
			scans: MIX_NAMES.map(mix => ({
				network: {
					seed: 1,
					hosts: hosts(hostCount, MIXES[mix]),
					link: {delay: milliseconds(10), ...link},
				},
				ports: numbers(portCount),
			})),
		})),
	);
	matchTable(t, 'odd-links', await grid(['hosts', 'link', ...MIX_NAMES], cases));
});

const KINDS_OF_HOST = {
	'SYN proxy': {otherPorts: 'open'},
	rejecting: {otherPorts: {type: 3, code: 13}},
	'rejecting, 1 ICMP error per second': {otherPorts: {type: 3, code: 13}, icmpLimit: {perSecond: 1}},
	'split handshakes': {otherPorts: 'split-handshake'},
} as const;

test('firewalls', async t => {
	const cases = SIZES.flatMap(([hostCount, portCount]) =>
		Object.entries(KINDS_OF_HOST).map(([name, host]) => ({
			names: [`${hostCount} x ${portCount}`, name],
			scans: ROUND_TRIPS.map(rtt => ({
				network: {seed: 1, hosts: hosts(hostCount, host), link: {delay: milliseconds(rtt / 2)}},
				ports: numbers(portCount),
			})),
		})),
	);
	matchTable(t, 'firewalls', await grid(['hosts', 'kind', ...ROUND_TRIP_HEADS], cases));
});

test('templates, with one silent and one closed port', async t => {
	const cases = ([0, 1, 2, 3, 4, 5] as const).map(template => ({
		names: [`-T${template}`],
		scans: ROUND_TRIPS.map(rtt => ({
			network: {
				seed: 1,
				hosts: hosts(1, {ports: {'1': 'silent'}}),
				link: {delay: milliseconds(rtt / 2)},
			},
			ports: [1, 2],
			template,
		})),
	}));
	matchTable(t, 'templates', await grid(['template', ...ROUND_TRIP_HEADS], cases));
});
