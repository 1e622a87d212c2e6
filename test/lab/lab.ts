import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {linksReady} from './links-ready.ts';
import {Namespace} from './namespace.ts';
import {labProgram} from './programs.ts';
import {wireRouter} from './wire-router.ts';

/** A small internet of network namespaces; README.md has the map. */
export interface Lab {
	/** Where scans run: 10.77.1.1, 10.77.3.1 and 10.77.4.1. */
	readonly scanner: Namespace;
	/** On the scanner's link: 10.77.3.2 and 10.77.3.3, and all of 10.99.0.0/16 and fd99::/64. */
	readonly direct: Namespace;
	/** 10.77.1.254: the way to `far`. */
	readonly router: Namespace;
	/** Behind the router: 10.77.2.2. */
	readonly far: Namespace;
	/** At the other end of a tunnel whose ends have no link-layer address: 10.77.4.2. */
	readonly tunnelled: Namespace;
	/** Resolves when links take part in IPv6, as they do when the lab is made; for links that were added to it. */
	linksReady(): Promise<void>;
	/** Stops what runs in the lab and removes it. */
	close(): Promise<void>;
}

const NAMES = ['scanner', 'direct', 'router', 'far', 'tunnelled'] as const;

/** ICMP errors leave at any rate: tests that want the kernel's limits set them. */
const SYSCTLS = {
	'net.ipv4.icmp_ratelimit': 0,
	'net.ipv4.icmp_ratemask': 0,
	'net.ipv4.icmp_msgs_per_sec': 1_000_000,
	'net.ipv4.icmp_msgs_burst': 1_000_000,
	'net.ipv6.icmp.ratelimit': 0,
	'net.ipv6.conf.all.accept_dad': 0,
	'net.ipv6.conf.default.accept_dad': 0,
};

/** Builds a lab. Any number may stand at once: names carry the process id and a count. */
export const createLab = async (): Promise<Lab> => {
	const namespaces = makeNamespaces(NAMES);
	const all = Object.values(namespaces);
	const lab = {
		...namespaces,
		linksReady: async () => linksReady(all),
		close: async () => closeNamespaces(all),
	};
	try {
		await wire(lab);
		await lab.linksReady();
		return lab;
	} catch (error) {
		await lab.close();
		throw error;
	}
};

/** Makes namespaces that go with this process, however it ends. */
export const makeNamespaces = <Name extends string>(names: readonly Name[]): Record<Name, Namespace> => {
	removeAtExit();
	removeOrphans();
	labsMade++;
	const namespaces: Partial<Record<Name, Namespace>> = {};
	for (const name of names) {
		const namespace = new Namespace(`ho${process.pid}-${labsMade}-${name}`);
		standing.add(namespace);
		namespaces[name] = namespace;
		namespace.sysctl(SYSCTLS);
	}

	return namespaces as Record<Name, Namespace>;
};

/** Stops what runs in them and removes them. */
export const closeNamespaces = async (namespaces: readonly Namespace[]): Promise<void> => {
	for (const namespace of namespaces) {
		standing.delete(namespace);
		await namespace.close();
	}
};

const wire = async (lab: Lab): Promise<void> => {
	const {scanner, direct, router, far, tunnelled} = lab;
	scanner.ip(`
		link add direct type veth peer name scanner netns ${direct.name}
		address add 10.77.3.1/24 dev direct
		address add fd77:3::1/64 dev direct
		link set direct up
	`);
	wireRouter(scanner, router, far, 'far');
	scanner.ip(`
		route add 10.77.2.0/24 via 10.77.1.254
		route add fd77:2::/64 via fd77:1::fe
		route add 10.99.0.0/16 via 10.77.3.2
		route add fd99::/64 via fd77:3::2
	`);
	direct.ip(`
		address add 10.77.3.2/24 dev scanner
		address add 10.77.3.3/24 dev scanner
		address add fd77:3::2/64 dev scanner
		address add fd77:3::3/64 dev scanner
		link set scanner up
		route add local 10.99.0.0/16 dev lo
		route add local fd99::/64 dev lo
		route add default via 10.77.3.1
		route add default via fd77:3::1
	`);
	// Asks nobody whether the scanner is still there: it would learn an address from that which it is to ask for itself.
	direct.sysctl({'net.ipv4.neigh.scanner.delay_first_probe_time': 3600});
	far.ip('address add fd77:2::3/64 dev router');
	await scanner.start(await labProgram('tunnel'), [scanner.name, 'tunnel', tunnelled.name, 'scanner']);
	scanner.ip('address add 10.77.4.1/24 dev tunnel\naddress add fd77:4::1/64 dev tunnel\nlink set tunnel up');
	tunnelled.ip(
		'address add 10.77.4.2/24 dev scanner\naddress add fd77:4::2/64 dev scanner\nlink set scanner up',
	);
};

/** Namespaces that a sudden end of the process would leave behind. */
const standing = new Set<Namespace>();
let labsMade = 0;
let removesAtExit = false;

const removeAtExit = (): void => {
	if (removesAtExit) {
		return;
	}

	removesAtExit = true;
	process.once('exit', removeStanding);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(signal, () => {
			removeStanding();
			process.kill(process.pid, signal);
		});
	}
};

const removeStanding = (): void => {
	for (const namespace of standing) {
		namespace.remove();
	}

	standing.clear();
};

/** A process that was killed outright left its lab; whose process is gone needs it no more. */
const removeOrphans = (): void => {
	for (const line of execFileSync('ip', ['netns', 'list'], {encoding: 'utf8'}).split('\n')) {
		const [name, pid] = /^ho(\d+)-\S+/.exec(line) ?? [];
		if (name !== undefined && !existsSync(`/proc/${pid}`)) {
			spawnSync('ip', ['netns', 'delete', name]); // Another process may remove it at the same time
		}
	}
};
