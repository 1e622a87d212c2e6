/** How hosts are found before their ports are scanned. */
export interface DiscoveryOptions {
	/**
	 * What targets are sent that are not asked by ARP or neighbour discovery, instead of the usual probes: an echo request,
	 * a SYN to port 443, an ACK to port 80, and over IPv4 a timestamp request; in a connect scan, connections to ports 80
	 * and 443. With none, those targets are taken to be up.
	 */
	readonly probes?: readonly DiscoveryProbeSpec[];
	/**
	 * Ask targets on the link by ARP or neighbour discovery, and by nothing else: those that do not answer cannot be reached
	 * anyway. True by default; false when `send` is `ip`.
	 */
	readonly neighbours?: boolean;
	/** Take RSTs for no sign of a host: some firewalls send them in the name of hosts that do not exist. */
	readonly ignoreResets?: boolean;
	/** Scan no ports: as `discover` does. */
	readonly only?: boolean;
}

/** A way to ask whether a host is up; of some kinds several at once. */
export type DiscoveryProbeSpec =
	/** ICMP requests. `echo` is for IPv6 too. */
	| {readonly kind: 'echo' | 'timestamp' | 'address-mask'}
	/** To these ports, given as for `ports` of the scan: 80 by default, of `udp` 40125. */
	| {readonly kind: 'syn' | 'ack' | 'udp'; readonly ports?: string | readonly number[]}
	/** Packets of these IP protocols, as in `1,2,4`, which is the default. */
	| {readonly kind: 'protocol'; readonly protocols?: string | readonly number[]};
