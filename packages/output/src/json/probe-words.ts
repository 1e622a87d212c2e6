import {type DiscoveryPlan, PROBE_KIND, type ProbeKind} from '@halfopen/model';

/** What probes are called, as in the options of the library. */
const WORDS: Readonly<Record<ProbeKind, string>> = {
	[PROBE_KIND.syn]: 'syn',
	[PROBE_KIND.ack]: 'ack',
	[PROBE_KIND.echo]: 'echo',
	[PROBE_KIND.timestamp]: 'timestamp',
	[PROBE_KIND.addressMask]: 'address-mask',
	[PROBE_KIND.udp]: 'udp',
	[PROBE_KIND.protocol]: 'protocol',
	[PROBE_KIND.neighbour]: 'neighbour',
	[PROBE_KIND.listenerQuery]: 'listener-query',
};

/** `echo`, `syn 443`, `protocol 2`. */
export const probeWords = ({probes}: DiscoveryPlan): string[] =>
	probes.map(({kind, port}) => (hasPort(kind) ? `${WORDS[kind]} ${port}` : WORDS[kind]));

const hasPort = (kind: ProbeKind): boolean =>
	kind === PROBE_KIND.syn ||
	kind === PROBE_KIND.ack ||
	kind === PROBE_KIND.udp ||
	kind === PROBE_KIND.protocol;
