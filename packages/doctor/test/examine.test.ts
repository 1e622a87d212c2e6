import {ipv4} from '@halfopen/model';
import test from 'ava';
import {examine, type Facts, type Finding} from '../src/index.ts';
import {but, butCard, butProcess, butRoute, butSysctl, GOOD} from './facts.ts';

/** Of findings that are not fine: `fail privileges: user 1000 without CAP_NET_RAW`. */
const told = (findings: readonly Finding[]): string[] =>
	findings
		.filter(({severity}) => severity !== 'ok')
		.map(({severity, subject, seen}) => `${severity} ${subject}: ${seen}`);

const finds = test.macro({
	title: (_, expected: readonly string[]) => `found: ${expected.join('; ')}`,
	exec(t, expected: readonly string[], facts: Facts, command?: string) {
		const findings = examine(facts);
		t.deepEqual(told(findings), expected);
		const [first] = findings;
		if (command !== undefined) {
			t.is(first.command, command);
			t.truthy(first.cure);
		}
	},
});

test('nothing is found on a good machine, and what is fine is told', t => {
	const findings = examine(GOOD);
	t.deepEqual(told(findings), []);
	t.true(findings.length > 10);
});

test(
	finds,
	[
		'fail privileges: user 1000 without CAP_NET_RAW',
		'note namespaces: user namespaces are allowed without privileges',
	],
	but({
		process: {...GOOD.process, uid: 1000, capabilities: 0n},
		packets: {problem: {code: 'ERR_HALFOPEN_PERMISSION', message: 'Raw packets need …'}},
		sysctl: {...GOOD.sysctl, 'net.core.wmem_max': '4194304'},
	}),
	'sudo install -m 0700 -o "$(id -u)" "/usr/bin/node" /usr/local/bin/node-raw && sudo setcap cap_net_raw,cap_net_admin+ep /usr/local/bin/node-raw',
);
test(
	finds,
	[
		'slow privileges: user 1000 with CAP_NET_RAW but without CAP_NET_ADMIN',
		'slow buffers: a socket may hold 212992 bytes of packets to be sent (net.core.wmem_max)',
		'note namespaces: user namespaces are not allowed without privileges (user.max_user_namespaces is 0)',
	],
	but({
		process: {...GOOD.process, uid: 1000, capabilities: 1n << 13n},
		sysctl: {...GOOD.sysctl, 'user.max_user_namespaces': '0'},
	}),
);
test(
	finds,
	['fail libpcap: Replies are captured with libpcap, which was not found: no such file.'],
	but({
		packets: {
			problem: {
				code: 'ERR_HALFOPEN_SYSTEM',
				message: 'Replies are captured with libpcap, which was not found: no such file.',
			},
		},
	}),
	'sudo apt-get install libpcap0.8',
);
test(
	finds,
	['fail raw packets: No addon for linux-x64'],
	but({packets: {problem: {code: 'ERR_HALFOPEN_SYSTEM', message: 'No addon for linux-x64'}}}),
);

test(
	finds,
	['fail interfaces: no interface but the loopback is up and has an address', 'fail link: eth0 is down'],
	butCard({isUp: false}),
	'sudo ip link set eth0 up',
);
test(finds, ['fail link: eth0 has no carrier'], butCard({hasCarrier: false}));
test(finds, ['note link: eth0 is no Ethernet (point-to-point)'], butCard({type: 'point-to-point'}));
test(finds, ['note link: the MTU of eth0 is 400'], butCard({mtu: 400}));
test(
	finds,
	['note route: none to the Internet: no route leads there (ENETUNREACH)'],
	but({route: {problem: 'no route leads there (ENETUNREACH)'}}),
	'ip route show table all',
);
test(
	finds,
	['fail route: none to 192.0.2.7: no route leads there (ENETUNREACH)'],
	but({route: {target: ipv4(0xc0_00_02_07), problem: 'no route leads there (ENETUNREACH)'}}),
	'ip route show table all',
);
test(
	finds,
	['note next hop: the link-layer address of 192.0.2.1 is not known yet'],
	butRoute({isNeighbourKnown: false}),
	'ping -c 1 192.0.2.1 && ip neighbour show 192.0.2.1 dev eth0',
);
test(
	finds,
	['note neighbours: the kernel remembers 1024 hosts on its links (gc_thresh3)'],
	but({route: {target: ipv4(0xc0_00_02_07), device: 'eth0', isLocal: false, isNeighbourKnown: true}}),
	'sudo sysctl -w net.ipv4.neigh.default.gc_thresh3=131072',
);

test(
	finds,
	['slow card: the receive ring of eth0 has 256 of 8192 places'],
	butCard({rings: {receive: 256, receiveMost: 8192}}),
	'sudo ethtool -G eth0 rx 4096',
);
test(
	finds,
	['note card: eth0 merges packets that it receives (LRO)'],
	butCard({largeReceiveOffload: true}),
	'sudo ethtool -K eth0 lro off',
);
test(finds, ['note card: eth0 has dropped 7 received packets since it is there'], butCard({receiveDrops: 7}));

const LOCAL = {target: ipv4(0x7f_00_00_01), device: 'lo', isLocal: true};
const TRACKED = {...GOOD.kernel, tracksConnections: true};
const TABLE = {'net.netfilter.nf_conntrack_max': '1000', 'net.netfilter.nf_conntrack_count': '10'};
test(
	finds,
	['slow conntrack: the table of connections is 90 % full (900 of 1000)'],
	but({
		kernel: TRACKED,
		sysctl: {...GOOD.sysctl, ...TABLE, 'net.netfilter.nf_conntrack_count': '900'},
	}),
	'sudo sysctl -w net.netfilter.nf_conntrack_max=2000',
);
test(
	finds,
	[
		'note conntrack: 10 of 1000 connections; where rules make it follow them, each probe takes one for up to two minutes',
	],
	but({
		kernel: TRACKED,
		sysctl: {...GOOD.sysctl, ...TABLE},
		route: LOCAL,
	}),
);
test(
	finds,
	[
		'note conntrack: 10 of 1000 connections; rules make it follow them, and each probe takes one for up to two minutes',
	],
	but({
		kernel: {...TRACKED, rulesTrack: true},
		sysctl: {...GOOD.sysctl, ...TABLE},
		route: LOCAL,
	}),
	'sudo nft add table inet halfopen; sudo nft add chain inet halfopen out "{ type filter hook output priority raw; }"; sudo nft add rule inet halfopen out meta l4proto "{ tcp, udp }" th sport 33000 notrack',
);
test('without a rule for it nothing is tracked', t => {
	const kernel = {...TRACKED, rulesTrack: false};
	t.deepEqual(told(examine(but({kernel, sysctl: {...GOOD.sysctl, ...TABLE}, route: LOCAL}))), []);
});
test('what leaves as frames is not tracked', t => {
	const facts = but({kernel: TRACKED, sysctl: {...GOOD.sysctl, ...TABLE}});
	t.deepEqual(told(examine(facts)), []);
});

test(
	finds,
	['note rp_filter: answers that come in on another interface than the route leads to are dropped'],
	butSysctl({'net.ipv4.conf.all.rp_filter': '1'}),
	'sudo sysctl -w net.ipv4.conf.all.rp_filter=2',
);
for (const [range, port] of [
	['32768\t60999', 61_000],
	['32768\t65535', 32_767],
] as const) {
	test(
		finds,
		[
			`note source ports: other connections leave from ports ${range.replace('\t', ' to ')}, and so do probes`,
		],
		butSysctl({'net.ipv4.ip_local_port_range': range}),
		`halfopen -g ${port} TARGET`,
	);
}

test(finds, ['slow processors: 1 of them'], but({processor: {count: 1}}));
test(
	finds,
	['slow processors: the control group grants 0.5 of 8 processors'],
	but({processor: {count: 8, quota: 0.5}}),
	'docker update --cpus 2 CONTAINER',
);
test(
	finds,
	['slow processors: the governor is powersave'],
	but({processor: {count: 8, governor: 'powersave'}}),
	'echo performance | sudo tee /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor',
);
test(
	finds,
	['slow clock: time comes from hpet'],
	but({kernel: {...GOOD.kernel, clockSource: 'hpet'}}),
	'echo tsc | sudo tee /sys/devices/system/clocksource/clocksource0/current_clocksource',
);
test(
	finds,
	['slow kernel: 3.10.0-1160.el7.x86_64, without PACKET_QDISC_BYPASS'],
	but({kernel: {...GOOD.kernel, release: '3.10.0-1160.el7.x86_64'}}),
);
test(
	finds,
	['slow kernel: packet filters are interpreted (net.core.bpf_jit_enable is 0)'],
	butSysctl({'net.core.bpf_jit_enable': '0'}),
	'sudo sysctl -w net.core.bpf_jit_enable=1',
);
test(finds, ['fail kernel: darwin, not Linux'], but({kernel: {...GOOD.kernel, platform: 'darwin'}}));
test(finds, ['note open files: at most 1024'], butProcess({openFiles: 1024}), 'ulimit -n 4096');

test('a machine of which nothing could be read has nothing but what it lacks', t => {
	const findings = examine({
		process: {node: 'node'},
		packets: {},
		kernel: {platform: 'linux', release: '6.1', tracksConnections: false},
		processor: {count: 2},
		interfaces: [],
		route: {problem: 'no route'},
		sysctl: Object.fromEntries(Object.keys(GOOD.sysctl).map(name => [name, undefined])) as Facts['sysctl'],
	});
	t.deepEqual(
		told(findings).map(text => text.split(':')[0]),
		['fail interfaces', 'note namespaces', 'note route'],
	);
});
