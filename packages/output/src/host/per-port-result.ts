import type {PortResult} from '@halfopen/model';
import {inOnePiece} from '../text/in-one-piece.ts';

/** Results that are kept, as a power of two: as many as a scan of the usual 1000 ports shows, several times over. */
const SLOT_BITS = 13;

/**
 * What a format makes of a port, for reports in which the same ports come again with each host: what is made of a
 * result is kept until another takes its place. An ICMP error that someone else sent is not kept.
 */
export const perPortResult = <Made>(make: (result: PortResult) => Made): ((result: PortResult) => Made) => {
	const slots: (Kept<Made> | undefined)[] = Array.from({length: 2 ** SLOT_BITS});
	return result => {
		if (result.sender !== undefined) {
			return make(result);
		}

		const slot = slotOf(result);
		const kept = slots[slot];
		if (kept !== undefined && isSame(kept.result, result)) {
			return kept.made;
		}

		const made = make(result);
		slots[slot] = {result, made};
		return made;
	};
};

/** `perPortResult` for text. */
export const textPerPortResult = (write: (result: PortResult) => string): ((result: PortResult) => string) =>
	perPortResult(result => inOnePiece(write(result)));

interface Kept<Made> {
	readonly result: PortResult;
	readonly made: Made;
}

/** Knuth's multiplicative hash of what tells results apart. */
const slotOf = ({port, reason, ttl}: PortResult): number =>
	Math.imul(port + (ttl << 16) + (reason.length << 24), 0x9e_37_79_b1) >>> (32 - SLOT_BITS);

const isSame = (a: PortResult, b: PortResult): boolean =>
	a.port === b.port && a.state === b.state && a.reason === b.reason && a.ttl === b.ttl;
