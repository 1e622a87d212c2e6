import type {Reason, Verdict} from '@halfopen/model';

/** Verdicts by the code of an ICMP error; a code that is not listed says nothing about the port. */
type VerdictsByCode = {readonly [code: number]: Verdict | undefined};

/** What an ICMPv4 error says about the port of the probe it quotes. */
export const icmpVerdict = (type: number, code: number): Verdict | undefined =>
	type === ICMP_TIME_EXCEEDED ? TIME_EXCEEDED : ICMP_VERDICTS[type]?.[code];

/** What an ICMPv6 error says about the port of the probe it quotes. */
export const icmpv6Verdict = (type: number, code: number): Verdict | undefined =>
	ICMPV6_VERDICTS[type]?.[code];

const filtered = (reason: Reason): Verdict => ({state: 'filtered', reason});

const ICMP_TIME_EXCEEDED = 11; // RFC 792: whatever the code
const TIME_EXCEEDED = filtered('time-exceeded');

const ICMP_VERDICTS: {readonly [type: number]: VerdictsByCode | undefined} = {
	// Destination unreachable: RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1
	3: {
		0: filtered('net-unreach'),
		1: filtered('host-unreach'),
		2: filtered('proto-unreach'),
		3: filtered('port-unreach'),
		9: filtered('net-prohibited'),
		10: filtered('host-prohibited'),
		13: filtered('admin-prohibited'),
	},
};

const ICMPV6_VERDICTS: {readonly [type: number]: VerdictsByCode | undefined} = {
	// Destination unreachable: RFC 4443 §3.1
	1: {
		0: filtered('no-route'),
		1: filtered('admin-prohibited'),
		2: filtered('beyond-scope'),
		3: filtered('host-unreach'),
		4: filtered('port-unreach'),
		5: filtered('admin-prohibited'),
		6: filtered('reject-route'),
	},
	// Parameter problem: RFC 4443 §3.4. Who complains of a header field has a stack that read it: open, as in Nmap
	4: {
		0: {state: 'open', reason: 'param-problem'},
		1: filtered('param-problem'),
	},
};
