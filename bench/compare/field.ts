import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {closeNamespaces, makeNamespaces, type Child, type Namespace} from '../../test/lab/index.ts';

/** Two namespaces and a cable: nothing that is sent gets anywhere else. */
export interface Field {
	/** `FIELD.device`, with `FIELD.source`. */
	readonly scanner: Namespace;
	/** The next hop to all of 10.96.0.0/11; answers for 10.99.0.0/16. */
	readonly target: Namespace;
	/** Packets that have left the scanner. */
	packetsSent(): number;
	close(): Promise<void>;
}

/** What contenders have to be told. */
export const FIELD = {
	device: 'out',
	source: '10.77.3.1',
	sourceMac: '02:00:00:00:03:01',
	nextHop: '10.77.3.2',
	nextHopMac: '02:00:00:00:03:02',
} as const;

export const createField = async (): Promise<Field> => {
	const {scanner, target} = makeNamespaces(['scanner', 'target']);
	wire(scanner, target);
	const inside = scanner.spawn('sleep', ['infinity']);
	await settled(inside);
	target.spawn('bash', ['-c', TRICKLE]);
	return {
		scanner,
		target,
		packetsSent: () => packetsSent(inside.pid!),
		close: async () => closeNamespaces([scanner, target]),
	};
};

/** A datagram now and then: masscan notices that its time is over only when a packet comes. */
const TRICKLE = `while :; do echo > /dev/udp/${FIELD.source}/9; sleep 0.2; done`;

const wire = (scanner: Namespace, target: Namespace): void => {
	for (const namespace of [scanner, target]) {
		namespace.sysctl({'net.ipv6.conf.all.disable_ipv6': 1, 'net.ipv6.conf.default.disable_ipv6': 1});
	}

	target.sysctl({'net.ipv4.tcp_syncookies': 1});
	scanner.ip(`
		link add out address ${FIELD.sourceMac} type veth peer name in address ${FIELD.nextHopMac} netns ${target.name}
		address add ${FIELD.source}/24 dev out
		link set out up
		neighbour add ${FIELD.nextHop} lladdr ${FIELD.nextHopMac} dev out nud permanent
		route add 10.96.0.0/11 via ${FIELD.nextHop}
	`);
	target.ip(`
		address add ${FIELD.nextHop}/24 dev in
		link set in up
		neighbour add ${FIELD.source} lladdr ${FIELD.sourceMac} dev in nud permanent
		route add local 10.99.0.0/16 dev lo
		route add default via ${FIELD.source}
	`);
};

/** `ip netns exec` has entered the namespace when it has become the program. */
const settled = async ({pid}: Child): Promise<void> => {
	while (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'sleep') {
		await sleep(5);
	}
};

const packetsSent = (pid: number): number => {
	const [line] = readFileSync(`/proc/${pid}/net/dev`, 'utf8').match(/^ *out:.*$/m) ?? [''];
	const fields = line.split(':')[1].trim().split(/\s+/).map(Number);
	return fields[TRANSMITTED] + fields[TRANSMIT_DROPPED];
};

const TRANSMITTED = 9;
const TRANSMIT_DROPPED = 11;

/** From now on what arrives at the target is dropped, before anything else is done with it. */
export const dropAll = ({target}: Field): void => {
	loadRules(
		target,
		`table netdev hole {
	chain swallow {
		type filter hook ingress device "in" priority 0; policy drop;
	}
}
`,
	);
};

const loadRules = ({name}: Namespace, rules: string): void => {
	execFileSync('ip', ['netns', 'exec', name, 'nft', '-f', '-'], {input: rules});
};

/** Counts SYNs that come to the target from now on, before any of them is lost. Returns how many since the last call. */
export const countSyns = ({target}: Field): (() => number) => {
	loadRules(
		target,
		`table ip count {
	counter syns {}
	chain arriving {
		type filter hook prerouting priority -400;
		iifname "in" tcp flags & (syn | ack) == syn counter name "syns"
	}
}
`,
	);
	return () => {
		const args = ['netns', 'exec', target.name, 'nft', 'reset', 'counter', 'ip', 'count', 'syns'];
		return Number(/packets (\d+)/.exec(execFileSync('ip', args, {encoding: 'utf8'}))?.[1]);
	};
};

/** From now on the target loses this share of the TCP packets that come to it, and as much of those that it sends. */
export const loseSome = ({target}: Field, share: number): void => {
	const rule = `meta l4proto tcp numgen random mod 1000000 < ${Math.round(share * 1_000_000)} drop`;
	loadRules(
		target,
		`table ip loss {
	chain there {
		type filter hook prerouting priority raw;
		iifname "in" ${rule}
	}
	chain back {
		type filter hook postrouting priority 0;
		oifname "in" ${rule}
	}
}
`,
	);
};
