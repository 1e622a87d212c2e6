import {formatAddress, type Address, type Reason} from '@halfopen/model';

/** `REASON[ from SENDER][ ttl N]`. */
export const formatReason = (evidence: {
	readonly reason: Reason;
	readonly ttl: number;
	readonly sender?: Address;
}): string =>
	[
		evidence.reason,
		...(evidence.sender === undefined ? [] : ['from', formatAddress(evidence.sender)]),
		...(evidence.ttl === 0 ? [] : ['ttl', evidence.ttl]),
	].join(' ');
