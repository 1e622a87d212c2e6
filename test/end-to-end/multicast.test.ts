import test from 'ava';
import {execFileSync} from 'node:child_process';
import {linksReady, listen, type Namespace} from '../lab/index.ts';
import {closeNamespaces, makeNamespaces} from '../lab/lab.ts';
import {LAB_PROBLEM, needsLab} from '../lab/use-lab.ts';
import {runHalfopen} from './halfopen.ts';

const NAMES = ['scanner', 'switch', 'plain', 'several', 'silent', 'local', 'other'] as const;

type Network = Record<(typeof NAMES)[number], Namespace>;

/** Who has which addresses besides the link-local one that each makes for itself. */
const GLOBAL: Readonly<Partial<Record<keyof Network, readonly string[]>>> = {
	scanner: ['fd55::1'],
	plain: ['fd55::11'],
	several: ['fd55::21', 'fd55::22', 'fd55:1::23'],
	silent: ['fd55::31'],
	local: [],
};

/**
 * A switch with five on it, of which `silent` drops echo requests and `local` has only the address of a router, and a
 * second link with one whose address is the same.
 */
const makeNetwork = async (): Promise<Network> => {
	const network = makeNamespaces(NAMES);
	network.switch.ip('link add bridge type bridge\nlink set bridge addrgenmode none\nlink set bridge up');
	for (const [name, addresses] of Object.entries(GLOBAL)) {
		const namespace = network[name as keyof Network];
		network.switch.ip(`
			link add ${name} type veth peer name lan netns ${namespace.name}
			link set ${name} master bridge up
		`);
		namespace.ip(addresses.map(address => `address add ${address}/64 dev lan`).join('\n'));
	}

	network.scanner.ip(`link add second type veth peer name lan netns ${network.other.name}`);
	for (const name of ['local', 'other'] as const) {
		network[name].ip('link set lan addrgenmode none\naddress add fe80::1/64 dev lan');
	}

	for (const name of [...Object.keys(GLOBAL), 'other'] as (keyof Network)[]) {
		network[name].ip('link set lan up');
	}

	network.scanner.ip('link set second up');
	execFileSync('ip', ['netns', 'exec', network.silent.name, 'nft', '-f', '-'], {
		input: `table ip6 quiet {
			chain input {
				type filter hook input priority 0
				icmpv6 type echo-request drop
			}
		}`,
	});
	await linksReady(Object.values(network));
	return network;
};

const linkLocalOf = ({name}: Namespace): string => {
	const listed = execFileSync('ip', ['-netns', name, '-6', '-o', 'address', 'show', 'dev', 'lan'], {
		encoding: 'utf8',
	});
	return /fe80:[\da-f:]+/.exec(listed)![0];
};

/** Addresses with a report, ascending. */
const reported = (report: string): string[] =>
	[...report.matchAll(/^Nmap scan report for (\S+)$/gm)].map(([, address]) => address).toSorted();

let network: Network;
if (LAB_PROBLEM === undefined) {
	test.before('the network stands', async () => {
		network = await makeNetwork();
	});
	test.after.always('the network is removed', async () => closeNamespaces(Object.values(network ?? {})));
}

needsLab('all who are on a link are found by what they answer, by both kinds of address', async t => {
	const {stdout, stderr} = await runHalfopen(network.scanner, [
		'-6',
		'-sn',
		'-n',
		'--ipv6-multicast',
		'-e',
		'lan',
	]);
	t.is(stderr, '');
	const found = reported(stdout);
	t.deepEqual(
		found.filter(address => address.startsWith('fe80')),
		(['plain', 'several', 'silent', 'local'] as const)
			.map(name => `${linkLocalOf(network[name])}%lan`)
			.toSorted(),
	);
	t.is(found.filter(address => address.startsWith('fd55')).length, 2);
	t.true(found.includes('fd55::11'));
	t.true(found.includes('fd55::21') || found.includes('fd55::22'));
});

needsLab('every link is asked, and an address that is on two of them is scanned on the first', async t => {
	const {stdout, stderr} = await runHalfopen(network.scanner, ['-6', '-sn', '-n', '--ipv6-multicast']);
	t.is(
		stderr,
		'halfopen: warning: `fe80::1` answered on lan and second; only that on lan is scanned, use -e for the other\n',
	);
	t.true(reported(stdout).includes('fe80::1%lan'));
	t.is(reported(stdout).length, 6);
});

needsLab('the ports of those who answered are scanned, but not of those who are excluded', async t => {
	await listen(network.plain, [22]);
	const args = ['-6', '-n', '-p', '22', '--open', '--ipv6-multicast', '-e', 'lan', '--exclude', 'fd55::/64'];
	const {stdout, stderr} = await runHalfopen(network.scanner, args);
	t.deepEqual(reported(stdout), [`${linkLocalOf(network.plain)}%lan`]);
	t.regex(stdout, /^22\/tcp open/m);
	t.regex(stderr, /warning: A question to all nodes of a link goes to those that are excluded too/);
});

needsLab('an interface where nobody can be asked is refused by name', async t => {
	const {status, stderr} = await runHalfopen(network.scanner, ['-6', '--ipv6-multicast', '-e', 'lo']);
	t.is(
		stderr,
		'halfopen: -e: expected an interface to ask all nodes on (lan, second), got `lo`: it has no link-layer addresses\n',
	);
	t.is(status, 2);
});
