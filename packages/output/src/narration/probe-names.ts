import {PROBE_KIND, type ProbeKind} from '@halfopen/model';

/** What a probe is called. */
export const PROBE_NAMES: Readonly<Record<ProbeKind, string>> = {
	[PROBE_KIND.syn]: 'TCP SYN',
	[PROBE_KIND.ack]: 'TCP ACK',
	[PROBE_KIND.echo]: 'ICMP echo',
	[PROBE_KIND.timestamp]: 'ICMP timestamp',
	[PROBE_KIND.addressMask]: 'ICMP address mask',
	[PROBE_KIND.udp]: 'UDP',
	[PROBE_KIND.protocol]: 'IP protocol',
	[PROBE_KIND.neighbour]: 'ARP or neighbour solicitation',
	[PROBE_KIND.listenerQuery]: 'multicast listener query',
};
