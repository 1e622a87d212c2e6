// What looking for hosts makes of networks of many kinds, as tables to be reviewed: each cell is seconds, probes per
// target, and the hosts that were called down by mistake, if any. See `matchTable` for how to write them anew.
import {type DiscoveryProbe, PROBE_KIND, SECOND} from '@halfopen/model';
import type {SimulatedHost, SimulatedLink} from '@halfopen/simulator';
import test from 'ava';
import {milliseconds, numbers} from './networks.ts';
import {DEFAULT_PROBES, type SimulatedDiscovery, simulateDiscovery} from './simulate-discovery.ts';
import {matchTable} from './text-table.ts';

/** One in so many addresses of 10.0.0.0 and up has a host. */
const hostsAmong = (targets: number, every: number): SimulatedHost[] =>
	Array.from({length: Math.floor(targets / every)}, (_, index) => {
		const number = index * every + (every >> 1);
		return {address: `10.0.${number >> 8}.${number & 0xff}`};
	});

const find = async (scan: SimulatedDiscovery): Promise<string> => {
	const {reports, summary, probes} = await simulateDiscovery(scan);
	const missed = scan.network.hosts.length - summary.hostsUp;
	const cost = (probes.length / reports.length).toFixed(2);
	return `${(summary.elapsed / SECOND).toFixed(2)} s ${cost}${missed === 0 ? '' : ` ${missed} missed`}`;
};

const PROBE_SETS: readonly (readonly [string, readonly DiscoveryProbe[]])[] = [
	['default', DEFAULT_PROBES],
	['echo', [{kind: PROBE_KIND.echo, port: 0}]],
];

const SIZES = [
	['/24, all up', '10.0.0.0/24', 256, 1],
	['/24, 1 in 16', '10.0.0.0/24', 256, 16],
	['/19, 1 in 50', '10.0.0.0/19', 8192, 50],
] as const;

test('hosts found in spite of loss', async t => {
	const rows: string[][] = [['targets', 'probes', 'loss each way', 'RTT 1 ms', 'RTT 20 ms', 'RTT 150 ms']];
	for (const [name, prefix, targets, every] of SIZES) {
		for (const [set, probes] of PROBE_SETS) {
			for (const loss of [0, 1, 2, 5, 10]) {
				const cells: string[] = [];
				for (const rtt of [1, 20, 150]) {
					const link: SimulatedLink = {
						delay: milliseconds(rtt / 2),
						loss: {out: loss / 100, back: loss / 100},
					};
					const network = {seed: 1, hosts: hostsAmong(targets, every), link};
					cells.push(await find({network, targets: [prefix], plan: {probes}}));
				}

				rows.push([name, set, `${loss} %`, ...cells]);
			}
		}
	}

	matchTable(t, 'discovery-loss', rows);
});

/** What the scan of 20 ports costs that follows: seconds for all, probes for each port, and answering ports missed. */
const scanFound = async (scan: SimulatedDiscovery, answering: number): Promise<string> => {
	const {summary, probes} = await simulateDiscovery({...scan, ports: numbers(20)});
	const hosts = scan.network.hosts.length;
	const missed = hosts * answering - summary.portsAnswered;
	const cost = (probes.length - summary.discovery!.probesSent) / (hosts * 20);
	return `${(summary.elapsed / SECOND).toFixed(2)} s ${cost.toFixed(2)}${missed === 0 ? '' : ` ${missed} missed`}`;
};

test('ports of hosts that were found, in spite of loss', async t => {
	const rows: string[][] = [['hosts', 'probes', 'loss each way', '1 port answers', '19 answer']];
	for (const [name, prefix, targets, every] of [
		['8 of 256', '10.0.0.0/24', 256, 32],
		['64 of 1024', '10.0.0.0/22', 1024, 16],
	] as const) {
		for (const [set, probes] of PROBE_SETS) {
			for (const loss of [0, 2, 5]) {
				const cells: string[] = [];
				for (const [answering, host] of [
					[1, {ports: {'3': 'open'}, otherPorts: 'silent', pings: {ack: 'answer'}}],
					[19, {ports: {'3': 'silent'}}],
				] as const) {
					const hosts = hostsAmong(targets, every).map(({address}) => ({address, ...host}));
					const link = {delay: milliseconds(10), loss: {out: loss / 100, back: loss / 100}};
					const scan = {network: {seed: 1, hosts, link}, targets: [prefix], plan: {probes}};
					cells.push(await scanFound(scan, answering));
				}

				rows.push([name, set, `${loss} %`, ...cells]);
			}
		}
	}

	matchTable(t, 'discovery-ports', rows);
});

test('hosts found on the link, in spite of loss', async t => {
	const rows: string[][] = [['targets', 'loss each way', 'RTT 0.2 ms', 'RTT 20 ms']];
	for (const [name, prefix, targets, every] of [
		['/24, 1 in 16', '10.0.0.0/24', 256, 16],
		['/22, 1 in 20', '10.0.0.0/22', 1024, 20],
	] as const) {
		for (const loss of [0, 1, 5, 10]) {
			const cells: string[] = [];
			for (const rtt of [0.2, 20]) {
				const link = {delay: milliseconds(rtt / 2), loss: {out: loss / 100, back: loss / 100}};
				const network = {seed: 1, hosts: hostsAmong(targets, every), link, neighbours: ['10.0.0.0/16']};
				cells.push(await find({network, targets: [prefix]}));
			}

			rows.push([name, `${loss} %`, ...cells]);
		}
	}

	matchTable(t, 'discovery-neighbours', rows);
});

test('hosts found on a link that takes its time', async t => {
	const rows: string[][] = [['link', 'all answer', '5 % lost each way']];
	for (const [name, delay, jitter] of [
		['0.1 ms', 0.05, 0],
		['10 to 40 ms', 5, 15],
		['20 to 220 ms', 10, 100],
		['100 to 200 ms', 50, 50],
		['250 to 350 ms', 125, 50],
	] as const) {
		const cells: string[] = [];
		for (const loss of [0, 0.05]) {
			const link = {
				delay: milliseconds(delay),
				jitter: milliseconds(jitter),
				loss: {out: loss, back: loss},
			};
			const network = {seed: 1, hosts: hostsAmong(1024, 20), link, neighbours: ['10.0.0.0/16']};
			const scan = {network, targets: ['10.0.0.0/22']};
			const {summary} = await simulateDiscovery(scan);
			cells.push(`${await find(scan)}, ${((summary.discovery?.loss ?? 0) * 100).toFixed(1)} % loss`);
		}

		rows.push([name, ...cells]);
	}

	matchTable(t, 'discovery-slow-links', rows);
});

test('how fast sparse networks are asked', async t => {
	const rows: string[][] = [['targets', 'up', 'free', '20,000/s', '2000/s']];
	for (const [name, prefix, targets] of [
		['/20', '10.0.0.0/20', 4096],
		['/16', '10.0.0.0/16', 65_536],
	] as const) {
		for (const [share, every] of [
			['nobody', Infinity],
			['1 in 1000', 1000],
			['1 in 100', 100],
			['1 in 10', 10],
		] as const) {
			const cells: string[] = [];
			for (const packetsPerSecond of targets === 65_536 ? [Infinity, 20_000] : [Infinity, 20_000, 2000]) {
				if (targets === 65_536 && packetsPerSecond < Infinity && every !== 100) {
					cells.push('');
					continue;
				}

				const network = {
					seed: 1,
					hosts: every === Infinity ? [] : hostsAmong(targets, every),
					link: {delay: milliseconds(5)},
					...(packetsPerSecond < Infinity && {bottleneck: {packetsPerSecond, queue: packetsPerSecond / 10}}),
				};
				cells.push(await find({network, targets: [prefix]}));
			}

			rows.push([name, share, ...cells, ...(cells.length < 3 ? [''] : [])]);
		}
	}

	matchTable(t, 'discovery-rate', rows);
});
