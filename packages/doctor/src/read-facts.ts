import {execFile} from 'node:child_process';
import {readdir, readFile} from 'node:fs/promises';
import os from 'node:os';
import {promisify} from 'node:util';
import {type Address, ipv4, isLinkLocal, ScanError} from '@halfopen/model';
import {
	findRoute,
	isNeighbourKnown,
	listInterfaces,
	type NetworkInterface,
	rawPacketProblem,
	type Route,
} from '@halfopen/native';
import {
	type Facts,
	type InterfaceFacts,
	type KernelFacts,
	type PacketFacts,
	type ProcessFacts,
	type ProcessorFacts,
	type RouteFacts,
	SYSCTL_NAMES,
	type SysctlName,
} from './facts.ts';
import {parseFeature, parseQuota, parseRings, parseStatus, parseTracking} from './parse-facts.ts';

/**
 * Looks at this machine: reads /proc and /sys, asks the kernel for interfaces and routes, and opens and closes the
 * sockets of a scan. Sends nothing.
 */
export const readFacts = async (target?: Address): Promise<Facts> => {
	const interfaces = valueOf(() => listInterfaces()) ?? [];
	const [processFacts, kernel, processor, route, sysctl, described] = await Promise.all([
		readProcess(),
		readKernel(target?.family ?? 4),
		readProcessor(),
		readRoute(target, interfaces),
		readSysctl(),
		Promise.all(interfaces.map(async one => readInterface(one))),
	]);
	return {
		process: processFacts,
		packets: readPackets(),
		kernel,
		processor,
		interfaces: described,
		route,
		sysctl,
	};
};

const readProcess = async (): Promise<ProcessFacts> => {
	const uid = process.getuid?.();
	return {
		...(uid !== undefined && {uid}),
		...parseStatus((await textOf('/proc/self/status')) ?? '', (await textOf('/proc/self/limits')) ?? ''),
		node: process.execPath,
	};
};

const readPackets = (): PacketFacts => {
	try {
		const problem = rawPacketProblem();
		return problem === undefined ? {} : {problem: {code: problem.code, message: problem.message}};
	} catch (error) {
		if (error instanceof ScanError) {
			return {problem: {code: error.code, message: error.message}};
		}

		throw error;
	}
};

const readKernel = async (version: 4 | 6): Promise<KernelFacts> => {
	const clockSource = await textOf('/sys/devices/system/clocksource/clocksource0/current_clocksource');
	const rulesTrack = await readTracking(version);
	return {
		platform: process.platform,
		release: os.release(),
		tracksConnections: (await textOf('/proc/sys/net/netfilter/nf_conntrack_count')) !== undefined,
		...(rulesTrack !== undefined && {rulesTrack}),
		...(clockSource !== undefined && {clockSource}),
	};
};

const readTracking = async (version: 4 | 6): Promise<boolean | undefined> => {
	const legacy = version === 4 ? 'ip_tables_names' : 'ip6_tables_names';
	const [ruleset, files, tables] = await Promise.all([
		outputOf('nft', ['-j', 'list', 'ruleset']),
		namesIn('/proc/net'),
		textOf(`/proc/net/${legacy}`),
	]);
	const hasLegacy = files?.includes(legacy) !== false && tables !== '';
	return ruleset === undefined || hasLegacy ? undefined : parseTracking(ruleset, version);
};

const readProcessor = async (): Promise<ProcessorFacts> => {
	const governor = await textOf('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor');
	const quota = parseQuota((await textOf('/sys/fs/cgroup/cpu.max')) ?? '');
	return {
		count: os.availableParallelism(),
		...(quota !== undefined && {quota}),
		...(governor !== undefined && {governor}),
	};
};

const readInterface = async ({name, type, up, mtu, addresses}: NetworkInterface): Promise<InterfaceFacts> => {
	const folder = `/sys/class/net/${name}`;
	const [carrier, speed, drops, queues, rings, features] = await Promise.all([
		numberIn(`${folder}/carrier`),
		numberIn(`${folder}/speed`),
		numberIn(`${folder}/statistics/rx_dropped`),
		namesIn(`${folder}/queues`),
		type === 'loopback' ? undefined : outputOf('ethtool', ['-g', name]),
		type === 'loopback' ? undefined : outputOf('ethtool', ['-k', name]),
	]);
	const largeReceiveOffload = parseFeature(features ?? '', 'large-receive-offload');
	return {
		name,
		type,
		isUp: up,
		mtu,
		hasAddress: addresses.some(({address}) => !isLinkLocal(address)),
		...(carrier !== undefined && {hasCarrier: carrier === 1}),
		...(speed !== undefined && speed > 0 && {speed}),
		...(drops !== undefined && {receiveDrops: drops}),
		...(queues !== undefined && {
			receiveQueues: queues.filter(queue => queue.startsWith('rx-')).length,
			sendQueues: queues.filter(queue => queue.startsWith('tx-')).length,
		}),
		...(rings !== undefined && {rings: parseRings(rings)}),
		...(largeReceiveOffload !== undefined && {largeReceiveOffload}),
	};
};

/** Of TEST-NET-2 (RFC 5737): an address of the Internet that is nobody's. Only the kernel is asked about it. */
const SOMEWHERE = ipv4(0xc6_33_64_01);

const readRoute = async (
	target: Address | undefined,
	interfaces: readonly NetworkInterface[],
): Promise<RouteFacts> => {
	const about = target === undefined ? {} : {target};
	let route: Route;
	try {
		route = findRoute(target ?? SOMEWHERE);
	} catch (error) {
		return {...about, problem: (error as Error).message.replace(/^Cannot reach [^:]*: /, '')};
	}

	const {device, index, gateway, local} = route;
	const hop = gateway ?? target;
	const isEthernet = interfaces.some(({name, type}) => name === device && type === 'ethernet');
	return {
		...about,
		device,
		...(gateway !== undefined && {gateway}),
		isLocal: local,
		...(isEthernet && !local && hop !== undefined && {isNeighbourKnown: isNeighbourKnown(index, hop)}),
	};
};

const readSysctl = async (): Promise<Facts['sysctl']> =>
	Object.fromEntries(
		await Promise.all(
			SYSCTL_NAMES.map(async name => [name, await textOf(`/proc/sys/${name.replaceAll('.', '/')}`)] as const),
		),
	) as Record<SysctlName, string | undefined>;

/** The text of a file without white space around it; `undefined` when there is none, or it cannot be read. */
const textOf = async (file: string): Promise<string | undefined> => {
	try {
		return (await readFile(file, 'utf8')).trim();
	} catch {
		return undefined; // Other kernels have other files
	}
};

const numberIn = async (file: string): Promise<number | undefined> => {
	const text = await textOf(file);
	return text === undefined || text === '' ? undefined : Number(text);
};

const namesIn = async (folder: string): Promise<readonly string[] | undefined> => {
	try {
		return await readdir(folder);
	} catch {
		return undefined;
	}
};

const run = promisify(execFile);

/** What a program prints, where it is installed. */
const outputOf = async (program: string, words: readonly string[]): Promise<string | undefined> => {
	try {
		const {stdout} = await run(program, words, {timeout: PROGRAM_TIMEOUT});
		return stdout;
	} catch {
		return undefined;
	}
};

const PROGRAM_TIMEOUT = 2000; // ms

const valueOf = <Value>(read: () => Value): Value | undefined => {
	try {
		return read();
	} catch (error) {
		if (error instanceof ScanError) {
			return undefined; // Without the addon; `readPackets` says so
		}

		throw error;
	}
};
