import {createInterface} from 'node:readline';
import {text} from 'node:stream/consumers';
import {closeNamespaces, makeNamespaces} from './lab.ts';
import {linksReady} from './links-ready.ts';
import type {Namespace} from './namespace.ts';
import {labProgram} from './programs.ts';

/** What befalls packets of one direction. Times are in milliseconds, shares between 0 and 1. */
export interface WanPath {
	/** One way. */
	readonly delay?: number;
	/** The delay wanders by up to so much either way; packets stay in order. */
	readonly jitter?: number;
	/** Each packet has its own delay within the jitter: packets may overtake each other. */
	readonly reorder?: boolean;
	/** Share of packets lost, each by its own chance. */
	readonly loss?: number;
	/** Loss in bursts (Gilbert's model): the chances that a packet begins one, and that one of a burst ends it. */
	readonly burst?: {readonly begin: number; readonly end: number};
	/** Share of packets that come twice. */
	readonly duplication?: number;
	/** Packets per second through a bottleneck. */
	readonly rate?: number;
	/** Packets that may wait before it; further ones are dropped. Default: 1000. */
	readonly queue?: number;
}

export interface WanOptions {
	/** From the scanner to the target. */
	readonly there?: WanPath;
	/** From the target to the scanner. */
	readonly back?: WanPath;
	/** Same seed, same fate for the n-th packet of a direction. Default: 1. */
	readonly seed?: number;
}

/** What became of the packets of one direction. */
export interface WanCounts {
	/** Without what the link itself needs (ARP, neighbor discovery), which is never lost. */
	readonly received: number;
	/** Frames that left, all kinds. */
	readonly forwarded: number;
	/** By chance. */
	readonly lost: number;
	/** For want of room before the bottleneck. */
	readonly dropped: number;
	readonly duplicated: number;
	/** Longer than the emulator carries. */
	readonly oversized: number;
	/** Came faster than the emulator could take them: the run says nothing if there are some. */
	readonly missed: number;
	/** Refused by the device. */
	readonly unsent: number;
	/** Milliseconds by which frames left later than they should. */
	readonly meanLateness: number;
	readonly latest: number;
}

export interface WanReport {
	readonly there: WanCounts;
	readonly back: WanCounts;
}

/** A scanner and a target with a long, bad cable between them. */
export interface Wan {
	/** 10.77.5.1. */
	readonly scanner: Namespace;
	/** 10.77.5.2, and all of 10.98.0.0/16. */
	readonly target: Namespace;
	/** Loses what is under way, puts another cable in place and tells what the former one did. */
	change(options: WanOptions): Promise<WanReport>;
	/** Ends the cable and removes what this made. */
	close(): Promise<WanReport>;
}

/** Makes a target at the end of a cable. The scanner is a namespace of its own if none is given. */
export const createWan = async (options: WanOptions = {}, scanner?: Namespace): Promise<Wan> => {
	const made =
		scanner === undefined ? makeNamespaces(['scanner', 'wan', 'target']) : makeNamespaces(['wan', 'target']);
	const namespaces = {scanner, ...made} as Record<'scanner' | 'wan' | 'target', Namespace>;
	try {
		wire(namespaces);
		await linksReady(Object.values(namespaces));
		let cable = await startCable(namespaces.wan, options);
		return {
			scanner: namespaces.scanner,
			target: namespaces.target,
			async change(next) {
				const report = await cable.stop();
				cable = await startCable(namespaces.wan, next);
				return report;
			},
			async close() {
				try {
					return await cable.stop();
				} finally {
					scanner?.ip('link delete wan'); // At once, unlike with its peer's namespace.
					await closeNamespaces(Object.values(made));
				}
			},
		};
	} catch (error) {
		await closeNamespaces(Object.values(made));
		throw error;
	}
};

const wire = ({scanner, wan, target}: Record<'scanner' | 'wan' | 'target', Namespace>): void => {
	wan.sysctl({'net.ipv6.conf.default.disable_ipv6': 1}); // It says nothing of its own.
	wan.ip(`
		link add scanner type veth peer name wan netns ${scanner.name}
		link add target type veth peer name scanner netns ${target.name}
		link set scanner up
		link set target up
	`);
	scanner.ip(`
		address add 10.77.5.1/24 dev wan
		address add fd77:5::1/64 dev wan
		link set wan up
		route add 10.98.0.0/16 via 10.77.5.2
	`);
	target.ip(`
		address add 10.77.5.2/24 dev scanner
		address add fd77:5::2/64 dev scanner
		link set scanner up
		route add local 10.98.0.0/16 dev lo
		route add default via 10.77.5.1
	`);
};

interface Cable {
	stop(): Promise<WanReport>;
}

const startCable = async (namespace: Namespace, options: WanOptions): Promise<Cable> => {
	const child = namespace.spawn(await labProgram('wan'), ['scanner', 'target', ...formatOptions(options)]);
	const problem = text(child.stderr);
	const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]();
	const nextLine = async (): Promise<string> => {
		const {done, value} = await lines.next();
		if (done === true) {
			throw new Error(`The cable broke: ${await problem}`);
		}

		return value;
	};

	await nextLine(); // "ready"
	return {
		async stop() {
			child.kill('SIGTERM');
			return JSON.parse(await nextLine()) as WanReport;
		},
	};
};

const formatOptions = ({there = {}, back = {}, seed = 1}: WanOptions): string[] => [
	`seed=${seed}`,
	...formatPath(there).map(option => `there.${option}`),
	...formatPath(back).map(option => `back.${option}`),
];

const formatPath = (path: WanPath): string[] =>
	Object.entries({
		delay: thousandths(path.delay),
		jitter: thousandths(path.jitter),
		reorder: path.reorder === true ? 1 : undefined,
		loss: millionths(path.loss),
		'burst-begin': millionths(path.burst?.begin),
		'burst-end': millionths(path.burst?.end),
		duplicate: millionths(path.duplication),
		rate: path.rate,
		queue: path.queue,
	}).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));

const thousandths = (value: number | undefined): number | undefined =>
	value === undefined ? undefined : Math.round(value * 1000);

const millionths = (value: number | undefined): number | undefined =>
	value === undefined ? undefined : Math.round(value * 1_000_000);
