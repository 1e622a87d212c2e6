import {
	consecutive,
	createLab,
	createRoutedNetwork,
	createSparseLink,
	listen,
	macOf,
	parseHostsXml,
	parseNmapXml,
	scattered,
	type Namespace,
	type RoutedOptions,
} from '../test/lab/index.ts';
import {
	DIRECT_THOUSAND,
	FAR_THOUSAND,
	prepareThousand,
	thousandVerdicts,
} from '../test/end-to-end/state-cases-v6.ts';

/** A network in which hosts are to be found, and what is expected of the scanner. */
export interface DiscoveryCase {
	/** For `--case`. */
	readonly name: string;
	/** The work in words. */
	readonly work: string;
	/** What both scanners are told. */
	readonly args: readonly string[];
	/** The time to reach, in seconds or by Nmap's time; without, the answer has to be right. */
	readonly goal?: {readonly seconds: number} | {readonly fasterThanNmap: number};
	/** It takes Nmap minutes: the time is that of the last run with `--nmap`. */
	readonly long?: true;
	make(): Promise<Place>;
	/** Hosts that a report in XML has too many, too few or wrong; and ports, where they are scanned. */
	countMistakes(report: string): number;
}

/** Where scans run. */
export interface Place {
	readonly scanner: Namespace;
	close(): Promise<void>;
}

const OPEN = [22, 80];
const PORTS = 100;

const routed = (options: RoutedOptions) => ({make: async () => createRoutedNetwork(options)});

/** Addresses that are up, and nothing else. */
const exactly = (hosts: readonly string[]) => ({
	countMistakes: (report: string) => countWrongHosts(report, new Map(hosts.map(host => [host, undefined]))),
});

const countWrongHosts = (report: string, truth: ReadonlyMap<string, string | undefined>): number => {
	const found = new Map([...parseHostsXml(report)].filter(([, {status}]) => status === 'up'));
	const right = [...truth].filter(
		([address, mac]) => found.has(address) && (mac === undefined || found.get(address)?.mac === mac),
	).length;
	return truth.size - right + [...found.keys()].filter(address => !truth.has(address)).length;
};

const onLink = (own: string, hosts: readonly string[]): Pick<DiscoveryCase, 'make' | 'countMistakes'> => ({
	make: async () => createSparseLink({scanner: own, hosts}),
	countMistakes: report =>
		countWrongHosts(
			report,
			new Map([[own.split('/')[0], undefined], ...hosts.map((host, index) => [host, macOf(index)] as const)]),
		),
});

/** 653 of 65,536. */
const SPARSE = [
	...new Set([
		...consecutive('10.97.0.0', 17 * 256, 17 * 256 + 255),
		...consecutive('10.97.0.0', 200 * 256, 200 * 256 + 255),
		...scattered('10.97.0.0', 65_536, 143),
	]),
];

const LOSSY = scattered('10.97.0.0', 4096, 82);
const V6_PREFIX = 'fd98::';

export const DISCOVERY_CASES: readonly DiscoveryCase[] = [
	{
		name: 'routed-16',
		work: 'routed /16, 1 % of it up',
		args: ['-sn', '-n', '10.97.0.0/16'],
		goal: {fasterThanNmap: 20},
		long: true,
		...routed({prefix: '10.97.0.0/16', hosts: SPARSE}),
		...exactly(SPARSE),
	},
	{
		name: 'link-22',
		work: '/22 on the link, 5 % of it up, with link-layer addresses',
		args: ['-sn', '-n', '10.77.8.0/22'],
		goal: {fasterThanNmap: 5},
		...onLink('10.77.8.1/22', scattered('10.77.8.0', 1024, 51)),
	},
	{
		name: 'lossy-20',
		work: `routed /20, 2 % of it up, 3 % loss each way, then ${PORTS} ports`,
		args: ['-n', '-p', `1-${PORTS}`, '10.97.0.0/20'],
		goal: {fasterThanNmap: 10},
		long: true,
		make: async () => {
			const network = await createRoutedNetwork({prefix: '10.97.0.0/16', hosts: LOSSY, loss: 0.03});
			await listen(network.target, OPEN);
			return network;
		},
		countMistakes: report => exactly(LOSSY).countMistakes(report) + countWrongPorts(report),
	},
	{
		name: 'dead',
		work: 'one routed host that is down, dropped on the way',
		args: ['-sn', '-n', '10.97.0.9'],
		goal: {seconds: 1.6},
		...routed({prefix: '10.97.0.0/16', hosts: []}),
		...exactly([]),
	},
	{
		name: 'unreachable',
		work: 'the same, and its router says so',
		args: ['-sn', '-n', '10.97.9.1'],
		goal: {seconds: 0.6},
		...routed({prefix: '10.97.0.0/16', hosts: [], unreachable: ['10.97.9.0/24']}),
		...exactly([]),
	},
	{
		name: 'link-v6',
		work: '/118 on the link, 5 % of it up, with link-layer addresses',
		args: ['-6', '-sn', '-n', 'fd77:8::/118'],
		...onLink('fd77:8::1/118', scattered('fd77:8::', 1024, 51)),
	},
	{
		name: 'routed-v6',
		work: 'routed /118, 2 % of it up',
		args: ['-6', '-sn', '-n', `${V6_PREFIX}/118`],
		...routed({prefix: `${V6_PREFIX}/64`, hosts: scattered(V6_PREFIX, 1024, 20)}),
		...exactly(scattered(V6_PREFIX, 1024, 20)),
	},
	{
		name: 'rejections-v6',
		work: '1000 ports of a host on the link and of a routed one, each way to reject by ICMPv6',
		args: ['-6', '-n', '-p', '1-1000', DIRECT_THOUSAND, FAR_THOUSAND],
		make: async () => {
			const lab = await createLab();
			await listen(lab.direct, OPEN);
			await listen(lab.far, OPEN);
			prepareThousand(lab);
			return lab;
		},
		countMistakes: report => {
			const found = parseNmapXml(report);
			return [DIRECT_THOUSAND, FAR_THOUSAND].flatMap(address =>
				Object.entries(thousandVerdicts(OPEN)).filter(([port, verdict]) => {
					const {state, reason} = found.get(`${address}:${port}`) ?? {};
					return `${state} ${reason}` !== verdict;
				}),
			).length;
		},
	},
];

const countWrongPorts = (report: string): number => {
	const found = parseNmapXml(report);
	return LOSSY.flatMap(address =>
		Array.from({length: PORTS}, (_, index) => index + 1).filter(
			port => found.get(`${address}:${port}`)?.state !== (OPEN.includes(port) ? 'open' : 'closed'),
		),
	).length;
};
