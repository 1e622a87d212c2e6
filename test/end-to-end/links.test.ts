import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {firewall, formatHost, listen, type Lab, type Namespace} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {CLI, discoverHosts, halfopenScan, NODE, parseDiscovery, type Discovery} from './halfopen.ts';

/** Link-layer addresses of what stands in for hosts and gateways. */
const VLAN_MAC = '02:77:00:00:70:02';
const FIRST_GATEWAY_MAC = '02:77:00:00:71:02';
const SECOND_GATEWAY_MAC = '02:77:00:00:71:03';

/** Adds a VLAN on top of an interface; where the kernel has none, a macvlan, which is as much an interface on another. */
const addVlan = ({name}: Namespace, link: string, ...address: readonly string[]): void => {
	const words = ['-netns', name, 'link', 'add', 'link', link, 'name', 'vlan7', ...address, 'type'];
	try {
		execFileSync('ip', [...words, 'vlan', 'id', '7'], {stdio: 'pipe'});
	} catch {
		execFileSync('ip', [...words, 'macvlan', 'mode', 'bridge']);
	}
};

/**
 * Adds to the lab a VLAN over the link to `direct`, a bridge of the scanner's with two gateways on it, `direct` and
 * `router`, and a pair of addresses at the ends of the tunnel, as PPP has them.
 */
const labTest = useLab(async ({scanner, direct, router, tunnelled}) => {
	addVlan(scanner, 'direct');
	addVlan(direct, 'scanner', 'address', VLAN_MAC);
	direct.sysctl({'net.ipv4.conf.all.arp_ignore': 1}); // Each interface speaks for its own addresses.
	scanner.ip(`
		address add 10.77.70.1/24 dev vlan7
		address add fd77:70::1/64 dev vlan7
		link set vlan7 up
		link add bridge type bridge
		link set bridge up
		link add first type veth peer name bridged netns ${direct.name}
		link add second type veth peer name bridged netns ${router.name}
		link set first master bridge up
		link set second master bridge up
		address add 10.77.71.1/24 dev bridge
		address add fd77:71::1/64 dev bridge
		address add 10.77.72.1 peer 10.77.72.2/32 dev tunnel
		route add 10.96.70.0/24 via 10.77.70.2
		route add 10.96.1.0/24 via 10.77.71.2
		route add 10.96.2.0/24 via 10.77.71.3
		route add 10.96.3.0/24 via 10.77.71.2
		rule add to 10.96.3.0/24 table 77
		route add 10.96.3.0/24 via 10.77.71.3 table 77
		route add 10.96.4.0/24 via 10.77.71.2
		route add fd96:1::/64 via fd77:71::2
		route add fd96:2::/64 via fd77:71::3
	`);
	direct.ip(`
		address add 10.77.70.2/24 dev vlan7
		address add fd77:70::2/64 dev vlan7
		link set vlan7 up
		link set bridged address ${FIRST_GATEWAY_MAC} up
		address add 10.77.71.2/24 dev bridged
		address add fd77:71::2/64 dev bridged
		route add local 10.96.70.0/24 dev lo
		route add local 10.96.1.0/24 dev lo
		route add local 10.96.4.0/24 dev lo
		route add local fd96:1::/64 dev lo
	`);
	router.ip(`
		link set bridged address ${SECOND_GATEWAY_MAC} up
		address add 10.77.71.3/24 dev bridged
		address add fd77:71::3/64 dev bridged
		route add local 10.96.2.0/24 dev lo
		route add local 10.96.3.0/24 dev lo
		route add local 10.96.4.0/24 dev lo
		route add local fd96:2::/64 dev lo
	`);
	tunnelled.ip('address add 10.77.72.2 peer 10.77.72.1/32 dev scanner');
	firewall(direct, [{address: '10.96.3.0/24', packets: '', verdict: 'drop'}]);
	for (const namespace of [direct, router, tunnelled]) {
		await listen(namespace, [22]);
	}
});

interface Target {
	readonly where: string;
	readonly address: string;
	readonly says: string;
}

const TARGETS: readonly Target[] = [
	{where: 'in a VLAN', address: '10.77.70.2', says: `up arp-response mac ${VLAN_MAC}`},
	{where: 'in a VLAN, and not there', address: '10.77.70.9', says: 'down no-response'},
	{where: 'behind a gateway in a VLAN', address: '10.96.70.7', says: 'up echo-reply ttl 64'},
	{where: 'on a bridge', address: '10.77.71.2', says: `up arp-response mac ${FIRST_GATEWAY_MAC}`},
	{where: 'on a bridge, and not there', address: '10.77.71.9', says: 'down no-response'},
	{where: 'behind the first gateway', address: '10.96.1.7', says: 'up echo-reply ttl 64'},
	{where: 'behind the second gateway', address: '10.96.2.7', says: 'up echo-reply ttl 64'},
	{where: 'where a rule about routes leads', address: '10.96.3.7', says: 'up echo-reply ttl 64'},
	{where: 'at the end of a tunnel', address: '10.77.4.2', says: 'up echo-reply ttl 64'},
	{where: 'in a tunnel, and not there', address: '10.77.4.9', says: 'down no-response'},
	{where: 'at the other end of a point-to-point link', address: '10.77.72.2', says: 'up echo-reply ttl 64'},
	{where: 'on loopback', address: '127.0.0.1', says: 'up localhost-response'},
	{where: 'at our address in a VLAN', address: '10.77.70.1', says: 'up localhost-response'},
];

const TARGETS_V6: readonly Target[] = [
	{where: 'in a VLAN', address: 'fd77:70::2', says: `up nd-response mac ${VLAN_MAC}`},
	{where: 'in a VLAN, and not there', address: 'fd77:70::9', says: 'down no-response'},
	{where: 'on a bridge', address: 'fd77:71::3', says: `up nd-response mac ${SECOND_GATEWAY_MAC}`},
	{where: 'behind the first gateway', address: 'fd96:1::7', says: 'up echo-reply ttl 64'},
	{where: 'behind the second gateway', address: 'fd96:2::7', says: 'up echo-reply ttl 64'},
	{where: 'at the end of a tunnel', address: 'fd77:4::2', says: 'up echo-reply ttl 64'},
	{where: 'on loopback', address: '::1', says: 'up localhost-response'},
];

const isUp = ({says}: Target): boolean => says.startsWith('up') && !says.includes('localhost');

for (const [family, args, targets] of [
	['IPv4', [], TARGETS],
	['IPv6', ['-6'], TARGETS_V6],
] as const) {
	labTest(`hosts are found on every kind of link by ${family}`, async (t, lab) => {
		const {hosts} = await discoverHosts(lab.scanner, [
			'-sn',
			'-n',
			'-v',
			'--max-retries',
			'1',
			...args,
			...targets.map(({address}) => address),
		]);
		t.deepEqual(
			targets.map(({where, address}) => [where, formatHost(hosts.get(address))]),
			targets.map(({where, says}) => [where, says]),
		);
	});

	labTest(`ports are scanned on every kind of link by ${family}`, async (t, lab) => {
		const up = targets.filter(target => isUp(target));
		const findings = await halfopenScan(lab.scanner, [
			...args,
			'-p',
			'22,23',
			...targets.map(({address}) => address),
		]);
		t.deepEqual(
			up.map(({where, address}) => [
				where,
				findings.get(`${address}:22`)?.state,
				findings.get(`${address}:23`)?.state,
			]),
			up.map(({where}) => [where, 'open', 'closed']),
		);
		t.false(
			[...findings.keys()].some(port => port.includes('9:')),
			'and nobody who is not there',
		);
	});
}

/** A scan that is slow enough for something to change in it, and what was said until its end. */
const changedScan = async (
	lab: Lab,
	args: readonly string[],
	change: () => void,
): Promise<Discovery & {readonly text: string}> => {
	const child = lab.scanner.spawn(NODE, [CLI, '-n', '-v', '-oD', '-', '--max-rate', '100', ...args]);
	child.stdin.end();
	child.stderr.resume();
	const closed = once(child, 'close');
	const lines: string[] = [];
	let changed = false;
	for await (const line of createInterface({input: child.stdout})) {
		lines.push(line);
		if (!changed && line.startsWith('{"type":"port"')) {
			changed = true;
			change();
		}
	}

	await closed;
	const text = lines.join('\n');
	return {...parseDiscovery(text), text};
};

labTest('a scan follows a route that leads elsewhere meanwhile, and says so', async (t, lab) => {
	const {hosts, warnings, text} = await changedScan(lab, ['-p', '22-30', '10.96.4.0/27'], () => {
		lab.scanner.ip('route replace 10.96.4.0/24 via 10.77.71.3');
		lab.direct.ip('route del local 10.96.4.0/24 dev lo');
	});
	t.is(hosts.size, 32);
	t.true(
		warnings.some(message => /way to 10\.96\.4\.\d+ has changed: .*10\.77\.71\.3 /.test(message)),
		warnings.join('\n'),
	);
	t.is(text.match(/"type":"port".*"port":22,.*"state":"open"/g)?.length, 32);
});

labTest('a scan says that an interface went, and ends', async (t, lab) => {
	const {hosts, warnings, text} = await changedScan(
		lab,
		['-p', '22-24', '--max-retries', '1', '10.96.70.0/29', '10.96.1.0/29'],
		() => {
			lab.scanner.ip('link set vlan7 down');
		},
	);
	lab.scanner.ip('link set vlan7 up\nroute replace 10.96.70.0/24 via 10.77.70.2');
	t.is(hosts.size, 16);
	t.true(
		warnings.some(message => /way to 10\.96\.70\.\d+ is lost/.test(message)),
		warnings.join('\n'),
	);
	t.is(text.match(/"type":"port","address":"10\.96\.1\..*"port":22,.*"state":"open"/g)?.length, 8);
});
