import {execFileSync} from 'node:child_process';
import {closeNamespaces, makeNamespaces} from './lab.ts';
import {linksReady} from './links-ready.ts';
import type {Namespace} from './namespace.ts';
import {wireRouter} from './wire-router.ts';

/** A network of which few addresses have a host. Hosts are answered for by real kernels; nobody answers for the rest. */
export interface SparseNetwork {
	readonly scanner: Namespace;
	/** Where the hosts are. */
	readonly target: Namespace;
	/** Between the two; absent on a link. */
	readonly router?: Namespace;
	/** Stops what runs in it and removes it. */
	close(): Promise<void>;
}

export interface RoutedOptions {
	/** All of it is behind the router. */
	readonly prefix: string;
	readonly hosts: readonly string[];
	/** Share of packets that the router loses, each way. */
	readonly loss?: number;
	/** Addresses and prefixes that the router itself calls unreachable, at once. */
	readonly unreachable?: readonly string[];
}

/** A network behind a router. Probes for addresses without a host get as far as the last hop, and vanish. */
export const createRoutedNetwork = async (options: RoutedOptions): Promise<SparseNetwork> => {
	const namespaces = makeNamespaces(['scanner', 'router', 'target']);
	const close = async (): Promise<void> => closeNamespaces(Object.values(namespaces));
	try {
		route(namespaces, options);
		await linksReady(Object.values(namespaces));
		return {...namespaces, close};
	} catch (error) {
		await close();
		throw error;
	}
};

const route = (
	{scanner, router, target}: Record<'scanner' | 'router' | 'target', Namespace>,
	{prefix, hosts, loss = 0, unreachable = []}: RoutedOptions,
): void => {
	const [nearby, distant] = prefix.includes(':') ? ['fd77:1::fe', 'fd77:2::2'] : ['10.77.1.254', '10.77.2.2'];
	wireRouter(scanner, router, target, 'target');
	scanner.ip(`route add ${prefix} via ${nearby}`);
	router.ip(`
		route add ${prefix} via ${distant}
		${unreachable.map(each => `route add unreachable ${each}`).join('\n')}
	`);
	target.ip([...new Set(hosts)].map(host => `route add local ${host} dev lo`).join('\n'));
	if (loss > 0) {
		lose(router, loss);
	}
};

/** The router drops at random what it would forward, there and back. What the links themselves need is not forwarded. */
const lose = ({name}: Namespace, share: number): void => {
	execFileSync('ip', ['netns', 'exec', name, 'nft', '-f', '-'], {
		input: `table inet loss {
	chain forward {
		type filter hook forward priority filter
		numgen random mod 1000000 < ${Math.round(share * 1_000_000)} drop
	}
}
`,
	});
};

export interface LinkOptions {
	/** The scanner's own address on the link, with the length of the prefix. */
	readonly scanner: string;
	readonly hosts: readonly string[];
}

/** A link whose hosts have four link-layer addresses between them: see `macOf`. */
export const createSparseLink = async ({scanner: own, hosts}: LinkOptions): Promise<SparseNetwork> => {
	const namespaces = makeNamespaces(['scanner', 'target']);
	const {scanner, target} = namespaces;
	const close = async (): Promise<void> => closeNamespaces(Object.values(namespaces));
	const length = own.split('/')[1];
	try {
		target.sysctl({'net.ipv4.conf.all.arp_ignore': 1, 'net.ipv4.conf.all.arp_announce': 2});
		scanner.ip(`
			link add lan type veth peer name scanner netns ${target.name}
			address add ${own} dev lan
			link set lan up
		`);
		target.ip(
			[
				'link set scanner up',
				...INTERFACES.map(
					(name, index) => `link add ${name} link scanner address ${macOf(index)} type macvlan mode bridge`,
				),
				...hosts.map(
					(host, index) => `address add ${host}/${length} dev ${INTERFACES[index % INTERFACES.length]}`,
				),
				...INTERFACES.map(name => `link set ${name} up`),
			].join('\n'),
		);
		await linksReady(Object.values(namespaces));
		return {...namespaces, close};
	} catch (error) {
		await close();
		throw error;
	}
};

/** One for each host would be nearer to life, but this machine alone has to hear every question for all of them. */
const INTERFACES = ['hosts0', 'hosts1', 'hosts2', 'hosts3'];

/** The link-layer address of the n-th host of a link. */
export const macOf = (index: number): string => `02:77:00:00:00:0${index % INTERFACES.length}`;

/** So many addresses of the `size` from `first` on, all over them; `first` is the whole address of number 0. */
export const scattered = (first: string, size: number, count: number): string[] =>
	Array.from({length: count}, (_, index) => addressAt(first, (index * STEP + OFFSET) % size));

/** All addresses from number `from` to number `to`. */
export const consecutive = (first: string, from: number, to: number): string[] =>
	Array.from({length: to - from + 1}, (_, index) => addressAt(first, from + index));

/** Odd, so that no address of a prefix comes twice. */
const STEP = 40_503;
const OFFSET = 77;

const addressAt = (first: string, index: number): string => {
	if (first.includes(':')) {
		return `${first}${index.toString(16)}`;
	}

	const number = first.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + index;
	return [24, 16, 8, 0].map(shift => (number >>> shift) & 0xff).join('.');
};
