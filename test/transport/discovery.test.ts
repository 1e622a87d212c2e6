import {REPLY_KIND} from '@halfopen/model';
import {useLab} from '../lab/use-lab.ts';
import {macOf, sendProbes} from './probes.ts';
import type {ProbeRequest} from './run-probes.ts';

const labTest = useLab();

const ON_LINK = {4: '10.77.3.2', 6: 'fd77:3::2'} as const;
const ABSENT = {4: '10.77.3.77', 6: 'fd77:3::77'} as const;
const LOCAL = {4: '10.77.3.1', 6: 'fd77:3::1'} as const;
const ROUTED = {4: '10.77.2.2', 6: 'fd77:2::2'} as const;
const FAMILIES = [4, 6] as const;

for (const family of FAMILIES) {
	labTest(`a neighbour with an IPv${family} address tells its link-layer address`, async (t, lab) => {
		const targets = [ON_LINK[family], ON_LINK[family].replace(/2$/, '3'), ABSENT[family]];
		const probes = targets.map((target): ProbeRequest => ({target, kind: 'neighbour', toLink: true}));
		const {paths, replies, counters, packets} = await sendProbes(lab.scanner, {
			probes,
			replies: 3,
			patience: 500,
		});
		const mac = await macOf(lab.direct, 'scanner');
		t.deepEqual(
			replies.toSorted((one, other) => one.target.localeCompare(other.target)),
			targets.slice(0, 2).map(target => ({
				kind: REPLY_KIND.neighbour,
				target,
				sender: target,
				port: 0,
				attempt: 255,
				ttl: family === 4 ? 0 : 255,
				icmp: '0/0',
				mac,
			})),
		);
		t.is(new Set(paths.map(path => path?.id)).size, 1);
		t.like(paths[0], {status: 'ready', device: 'direct', source: LOCAL[family]});
		t.like(counters, {sent: 3, received: 2, malformed: 0, sendErrors: 0});
		t.deepEqual(
			packets.map(({direction, layer}) => `${direction} ${layer}`).toSorted(),
			['sent', 'sent', 'sent', 'received', 'received']
				.map(direction => `${direction} ${family === 4 ? 'arp' : 'ip'}`)
				.toSorted(),
		);
	});

	labTest(
		`there is no link to an IPv${family} address behind a router, of our own, or on loopback`,
		async (t, lab) => {
			const targets = [ROUTED[family], LOCAL[family], family === 4 ? '127.0.0.1' : '::1', '10.77.4.2'];
			const probes = targets.map((target): ProbeRequest => ({target, kind: 'neighbour', toLink: true}));
			const {paths} = await sendProbes(lab.scanner, {probes, replies: 0});
			t.deepEqual(paths, [null, null, null, null]);
		},
	);

	labTest(
		`a path to an IPv${family} address with a known link-layer address is ready, and the kernel asks nobody`,
		async (t, lab) => {
			lab.scanner.ip('neigh flush dev direct');
			const mac = await macOf(lab.direct, 'scanner');
			const {paths, replies} = await sendProbes(lab.scanner, {
				probes: [{target: ON_LINK[family], kind: 'echo', mac}],
				replies: 1,
			});
			t.like(paths[0], {status: 'ready', mac});
			t.like(replies[0], {kind: REPLY_KIND.echoReply, target: ON_LINK[family], attempt: 1, ttl: 64});
			// Any link-layer address is taken, so the kernel was not asked.
			const wrong = await sendProbes(lab.scanner, {
				probes: [{target: ABSENT[family], kind: 'echo', mac: '02:00:00:00:00:77'}],
				replies: 1,
				patience: 100,
			});
			t.like(wrong.paths[0], {status: 'ready', mac: '02:00:00:00:00:77'});
			t.deepEqual(wrong.replies, []);
			const {stdout} = await lab.scanner.run('ip', ['neigh', 'show', ABSENT[family]]);
			t.is(stdout, '');
		},
	);
}

labTest('raw IP has no way to all on a link', async (t, lab) => {
	const {paths} = await sendProbes(lab.scanner, {
		send: 'ip',
		probes: [{target: ON_LINK[4], kind: 'neighbour', toLink: true}],
		replies: 0,
	});
	t.deepEqual(paths, [null]);
});

labTest('all nodes of a link answer an echo request to their group, and a listener query', async (t, lab) => {
	const {stdout} = await lab.direct.run('ip', [
		'-6',
		'-brief',
		'address',
		'show',
		'dev',
		'scanner',
		'scope',
		'link',
	]);
	const [neighbour] = /fe80::[^/]+/.exec(stdout)!;
	for (const [kind, replyKind] of [
		['echo', REPLY_KIND.echoReply],
		['listenerQuery', REPLY_KIND.listenerReport],
	] as const) {
		const {replies, errors, counters} = await sendProbes(lab.scanner, {
			probes: [{target: 'ff02::1%direct', kind, toLink: true}],
			replies: 1,
		});
		t.deepEqual(errors, [0]);
		t.like(replies[0], {kind: replyKind, target: neighbour, sender: neighbour});
		t.is(counters.malformed, 0);
	}
});

const byKind = (list: readonly {readonly kind: number; readonly port: number}[]) =>
	list.toSorted((one, other) => one.kind - other.kind || one.port - other.port);

/** What finds hosts elsewhere, but for kinds that Linux does not answer; ICMP, TCP and UDP among the protocols. */
const probesTo = (target: string, family: 4 | 6): readonly ProbeRequest[] => [
	{target, kind: 'echo'},
	{target, kind: 'syn', port: 443},
	{target, kind: 'ack', port: 80},
	{target, kind: 'udp', port: 40_125},
	{target, kind: 'protocol', port: family === 4 ? 1 : 58},
	{target, kind: 'protocol', port: 6},
	{target, kind: 'protocol', port: 17},
	{target, kind: 'protocol', port: 253},
	...(family === 4 ? [{target, kind: 'timestamp'} as const] : []),
];

const METHODS = ['ip', 'packet'] as const;
for (const send of METHODS) {
	for (const family of FAMILIES) {
		labTest(
			`every kind of probe to a routed IPv${family} host is answered, sent by ${send}`,
			async (t, lab) => {
				const target = ROUTED[family];
				const probes = probesTo(target, family);
				const {replies, counters} = await sendProbes(lab.scanner, {send, probes, replies: probes.length});
				const unreachable = (port: number, code: string) => ({
					kind: family === 4 ? REPLY_KIND.icmpError : REPLY_KIND.icmpv6Error,
					port,
					icmp: code,
				});
				const [closed, unknown] = family === 4 ? ['3/3', '3/2'] : ['1/4', '4/1'];
				const expected = [
					{kind: REPLY_KIND.echoReply, port: 0, icmp: '0/0'},
					{kind: REPLY_KIND.reset, port: 443, icmp: '0/0'},
					{kind: REPLY_KIND.reset, port: 80, icmp: '0/0'},
					unreachable(40_125, closed),
					{kind: REPLY_KIND.protocol, port: family === 4 ? 1 : 58, icmp: '0/0'},
					{kind: REPLY_KIND.protocol, port: 6, icmp: '0/0'},
					unreachable(17, closed),
					unreachable(253, unknown),
					...(family === 4 ? [{kind: REPLY_KIND.timestampReply, port: 0, icmp: '0/0'}] : []),
				].map(reply => ({...reply, target, sender: target, attempt: 1, ttl: 63}));
				t.deepEqual(byKind(replies), byKind(expected));
				t.like(counters, {malformed: 0, wrongCookie: 0, wrongQuote: 0, shortQuote: 0});
			},
		);

		labTest(
			`a router says of every kind of probe that an IPv${family} host is not there, sent by ${send}`,
			async (t, lab) => {
				const target = family === 4 ? '10.77.2.77' : 'fd77:2::77';
				const probes: readonly ProbeRequest[] = [
					...probesTo(target, family),
					{target, kind: 'protocol', port: 2},
					...(family === 4 ? [{target, kind: 'addressMask'} as const] : []),
				];
				lab.router.sysctl({
					'net.ipv4.neigh.far.unres_qlen_bytes': 1_000_000,
					'net.ipv6.neigh.far.unres_qlen_bytes': 1_000_000,
				});
				const {replies, counters} = await sendProbes(lab.scanner, {send, probes, replies: probes.length});
				const sender = family === 4 ? '10.77.1.254' : 'fd77:1::fe';
				t.deepEqual(
					replies.map(({port}) => port).toSorted((one, other) => one - other),
					probes.map(({port = 0}) => port).toSorted((one, other) => one - other),
				);
				for (const reply of replies) {
					t.like(reply, {target, sender, attempt: 1, icmp: family === 4 ? '3/1' : '1/3'});
				}

				t.like(counters, {malformed: 0, wrongQuote: 0, shortQuote: 0});
			},
		);
	}
}

labTest('asking which addresses share a path makes the kernel look for none of them', async (t, lab) => {
	const {paths} = await sendProbes(lab.scanner, {
		probes: [{target: ABSENT[4], kind: 'neighbour', covering: true}],
		replies: 0,
	});
	t.deepEqual(paths, [null]);
	const {stdout} = await lab.scanner.run('ip', ['neigh', 'show', ABSENT[4]]);
	t.is(stdout, '');
});
