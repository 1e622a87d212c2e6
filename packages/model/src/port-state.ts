/**
 * What a port can be found to be. The order is that of the codes kept in tables of results.
 * A SYN or connect scan ends in open, closed or filtered; `unknown` is a port whose verdict is still due.
 */
export const PORT_STATES = ['unknown', 'open', 'closed', 'filtered'] as const;

export type PortState = (typeof PORT_STATES)[number];

/** Why a port or a host has its state, in Nmap's words. The order is that of the codes kept in tables of results. */
export const REASONS = [
	'no-response',
	'syn-ack',
	'reset',
	'split-handshake-syn',
	'conn-refused',
	'net-unreach',
	'host-unreach',
	'proto-unreach',
	'port-unreach',
	'net-prohibited',
	'host-prohibited',
	'admin-prohibited',
	'time-exceeded',
	'no-route',
	'beyond-scope',
	'reject-route',
	'param-problem',
	'localhost-response',
	'user-set',
	'arp-response',
	'nd-response',
	'echo-reply',
	'timestamp-reply',
	'addressmask-reply',
	'udp-response',
	'proto-response',
	'unknown-response',
] as const;

export type Reason = (typeof REASONS)[number];

/** What one reply, or the lack of any, says about a port. */
export type Verdict = {readonly state: PortState; readonly reason: Reason};
