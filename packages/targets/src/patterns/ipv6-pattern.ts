/**
 * How people and machines number the hosts of an IPv6 network (RFC 7707 §3.1): which of its 2^64 addresses are worth
 * asking. Plain data.
 */
export type Ipv6Pattern =
	/** `::1` to `::ff`, as administrators and DHCP servers count; `bits` is how far, 8 by default and 32 at the most. */
	| {readonly kind: 'low-byte'; readonly bits?: number}
	/** Made from MAC addresses (RFC 4291 appendix A) that begin like one of these: `00:0c:29`, or 7 or 9 digits. */
	| {readonly kind: 'eui64'; readonly prefixes: readonly string[]}
	/** Named for a service: `::80`, `::53:1`, `::1:443`, and port numbers in hexadecimal as well. */
	| {readonly kind: 'ports'}
	/** Words in hexadecimal digits: `::cafe`, `::dead:beef`. */
	| {readonly kind: 'words'}
	/** Made from the IPv4 addresses of a specification: `::192.0.2.7` and `::192:0:2:7`. */
	| {readonly kind: 'ipv4'; readonly targets: string}
	/** Like known hosts: their last 64 bits, and those up to `reach` before and behind, 16 by default. */
	| {readonly kind: 'seeds'; readonly addresses: readonly string[]; readonly reach?: number};

/** How far `low-byte` counts when nothing is said, and at the most. */
export const DEFAULT_LOW_BITS = 8;
export const MOST_LOW_BITS = 32;

/** How far `seeds` reach when nothing is said, and at the most. */
export const DEFAULT_REACH = 16;
export const MOST_SEED_REACH = 65_536;
