import type {ExecutionContext} from 'ava';
import {REPLY_KIND} from '@halfopen/model';
import type {Lab} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {macOf, sendProbes} from './probes.ts';
import type {ProbeRequest} from './run-probes.ts';
import {addSecondWay} from './second-way.ts';

/** Links that this kernel cannot make. */
const missing = new Map<string, string>();

const labTest = useLab(lab => {
	for (const {what, prepare} of LINKS) {
		try {
			prepare(lab);
		} catch (error) {
			missing.set(what, String(error));
		}
	}

	addSecondWay(lab);
	// A rule chooses it for one of two addresses.
	lab.far.ip('address add 10.77.2.3/24 dev router');
	lab.scanner.ip(`
		rule add to 10.77.2.3 table 100
		route add 10.77.2.0/24 via 10.77.3.2 table 100
	`);
});

interface Link {
	readonly what: string;
	readonly device: string;
	readonly target: string;
	readonly targetDevice: string;
	readonly prepare: (lab: Lab) => void;
}

const LINKS: readonly Link[] = [
	{
		what: 'a VLAN interface',
		device: 'direct.7',
		target: '10.77.17.2',
		targetDevice: 'scanner.7',
		prepare: ({scanner, direct}) => {
			scanner.ip(`
				link add link direct name direct.7 type vlan id 7
				address add 10.77.17.1/24 dev direct.7
				link set direct.7 up
			`);
			direct.ip(`
				link add link scanner name scanner.7 type vlan id 7
				address add 10.77.17.2/24 dev scanner.7
				link set scanner.7 up
			`);
		},
	},
	{
		what: 'a bridge',
		device: 'bridge',
		target: '10.77.18.2',
		targetDevice: 'bridged',
		prepare: ({scanner, direct}) => {
			scanner.ip(`
				link add name bridge type bridge
				link add name leg type veth peer name bridged netns ${direct.name}
				link set leg master bridge
				address add 10.77.18.1/24 dev bridge
				link set leg up
				link set bridge up
			`);
			direct.ip(`
				address add 10.77.18.2/24 dev bridged
				link set bridged up
			`);
		},
	},
	{
		what: 'an interface with an address of its own on another',
		device: 'own',
		target: '10.77.19.2',
		targetDevice: 'scanner',
		prepare: ({scanner, direct}) => {
			scanner.ip(`
				link add link direct name own type macvlan mode bridge
				address add 10.77.19.1/24 dev own
				link set own up
			`);
			direct.ip('address add 10.77.19.2/24 dev scanner');
		},
	},
];

/** Says so when there cannot be such a link here, and passes. */
const hasLink = (t: ExecutionContext, what: string): boolean => {
	const problem = missing.get(what);
	if (problem !== undefined) {
		t.log(problem);
		t.pass();
	}

	return problem === undefined;
};

for (const {what, device, target, targetDevice} of LINKS) {
	labTest(`a neighbour is found over ${what}`, async (t, lab) => {
		if (!hasLink(t, what)) {
			return;
		}

		const {paths, replies} = await sendProbes(lab.scanner, {
			probes: [{target, kind: 'neighbour', toLink: true}],
			replies: 1,
		});
		t.like(paths[0], {status: 'ready', device});
		t.like(replies[0], {kind: REPLY_KIND.neighbour, target, mac: await macOf(lab.direct, targetDevice)});
	});

	for (const send of ['ip', 'packet'] as const) {
		labTest(`probes and answers pass ${what}, sent by ${send}`, async (t, lab) => {
			if (!hasLink(t, what)) {
				return;
			}

			const {paths, replies} = await sendProbes(lab.scanner, {
				send,
				probes: [
					{target, kind: 'echo'},
					{target, kind: 'syn', port: 80},
				],
				replies: 2,
			});
			t.like(paths[0], {status: 'ready', device});
			t.deepEqual(new Set(replies.map(({kind}) => kind)), new Set([REPLY_KIND.echoReply, REPLY_KIND.reset]));
		});
	}
}

labTest('every kind of probe passes a tunnel without link-layer addresses', async (t, lab) => {
	const target = '10.77.4.2';
	const probes: ProbeRequest[] = [
		{target, kind: 'syn', port: 80},
		{target, kind: 'ack', port: 80},
		{target, kind: 'echo'},
		{target, kind: 'timestamp'},
		{target, kind: 'udp', port: 40_125},
		{target, kind: 'protocol', port: 253},
	];
	const {paths, replies, counters} = await sendProbes(lab.scanner, {probes, replies: probes.length});
	t.like(paths[0], {status: 'ready', device: 'tunnel'});
	t.deepEqual(
		replies.map(({kind, icmp}) => `${kind} ${icmp}`).toSorted(),
		[
			`${REPLY_KIND.reset} 0/0`,
			`${REPLY_KIND.reset} 0/0`,
			`${REPLY_KIND.echoReply} 0/0`,
			`${REPLY_KIND.timestampReply} 0/0`,
			`${REPLY_KIND.icmpError} 3/3`,
			`${REPLY_KIND.icmpError} 3/2`,
		].toSorted(),
	);
	t.is(counters.malformed, 0);
});

for (const send of ['ip', 'packet'] as const) {
	labTest(`a rule sends one of two targets by another gateway, sent by ${send}`, async (t, lab) => {
		const targets = ['10.77.2.2', '10.77.2.3'];
		const {paths, replies} = await sendProbes(lab.scanner, {
			send,
			probes: targets.map((target): ProbeRequest => ({target, kind: 'echo'})),
			replies: 2,
		});
		t.deepEqual(
			paths.map(path => [path?.device, path?.source]),
			[
				['router', '10.77.1.1'],
				['direct', '10.77.3.1'],
			],
		);
		t.deepEqual(replies.map(({target}) => target).toSorted(), targets);
	});
}
