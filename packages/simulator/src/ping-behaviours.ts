import {type AddressFamily, PROBE_KIND, type ProbeKind, type ProbeRecord} from '@halfopen/model';
import type {PingBehaviour, SimulatedHost, SimulatedPings} from './simulated-network.ts';

/** What a host does with probes that ask whether it is up, SYNs aside; by default what Linux does. */
export class PingBehaviours {
	readonly #pings: SimulatedPings;
	readonly #family: AddressFamily;

	constructor({pings = {}}: SimulatedHost, family: AddressFamily) {
		this.#pings = pings;
		this.#family = family;
	}

	/** `undefined` where the port decides. */
	of({kind, port}: Pick<ProbeRecord, 'kind' | 'port'>): PingBehaviour | undefined {
		const name = kind === PROBE_KIND.protocol ? (SPOKEN[port] ?? 'protocol') : NAMES[kind];
		return name === undefined ? undefined : (this.#pings[name] ?? DEFAULTS[this.#family][name]);
	}
}

type PingName = keyof SimulatedPings;

const NAMES: Readonly<Record<ProbeKind, PingName | undefined>> = {
	[PROBE_KIND.syn]: undefined,
	[PROBE_KIND.ack]: 'ack',
	[PROBE_KIND.echo]: 'echo',
	[PROBE_KIND.timestamp]: 'timestamp',
	[PROBE_KIND.addressMask]: 'addressMask',
	[PROBE_KIND.udp]: 'udp',
	[PROBE_KIND.protocol]: 'protocol',
	[PROBE_KIND.neighbour]: 'neighbour',
	[PROBE_KIND.listenerQuery]: undefined,
};

/** Protocols that a host speaks: a packet of one of these is answered as the probe that has a name of its own. */
const SPOKEN: Readonly<Record<number, PingName | undefined>> = {1: 'echo', 6: 'ack', 17: 'udp', 58: 'echo'};

const DEFAULTS: Readonly<Record<AddressFamily, Readonly<Record<PingName, PingBehaviour | undefined>>>> = {
	4: {
		echo: 'answer',
		timestamp: 'answer',
		addressMask: 'silent',
		ack: undefined,
		udp: {type: 3, code: 3},
		protocol: {type: 3, code: 2},
		neighbour: 'answer',
	},
	6: {
		echo: 'answer',
		timestamp: 'silent',
		addressMask: 'silent',
		ack: undefined,
		udp: {type: 1, code: 4},
		protocol: {type: 4, code: 1},
		neighbour: 'answer',
	},
};
