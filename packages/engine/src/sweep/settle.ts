import {
	type AddressKey,
	addressOf,
	type PortResult,
	type PortState,
	type Reply,
	type Verdict,
} from '@halfopen/model';
import {replaces} from '@halfopen/classify';
import type {SweepCounts, SweepState} from './sweep-state.ts';
import {tellOfProbe} from './tell-of-probe.ts';

/** No path leads to the address of the position. */
export const settleUnreachable = (sweep: SweepState, position: number, number: number): void => {
	sweep.window.settle(position);
	if (sweep.again === undefined) {
		sweep.counts.unreachable++;
		sweep.results.setUnreachable(number);
	}
};

/** A position had its tries and stayed silent. */
export const settleSilent = (sweep: SweepState, position: number): void => {
	sweep.window.onSilent(position);
	if (sweep.again !== undefined) {
		return; // It counts as silent already
	}

	sweep.counts.silent++;
	if (sweep.options.portEvents === 'all') {
		const number = sweep.order.numberAt(position);
		const key = sweep.space.keyAt(number);
		tellOfPort(sweep, key, {port: sweep.space.portAt(number), ...NO_RESPONSE, ttl: 0}, false);
	}
};

export const NO_RESPONSE: Verdict = {state: 'filtered', reason: 'no-response'};

/**
 * Keeps what a reply says of a port and tells of it, if nothing better is known already. `isCounted` says that the
 * port counts as silent if nothing else is known of it. True when the verdict was taken.
 */
export const recordVerdict = (
	sweep: SweepState,
	number: number,
	verdict: Verdict,
	reply: Reply,
	isCounted: boolean,
): boolean => {
	const {counts, results} = sweep;
	const known = results.verdictAt(number);
	if (known !== undefined && !replaces(known, verdict)) {
		return false;
	}

	const sender = reply.sender === reply.target ? undefined : reply.sender;
	const isKept = results.set(number, verdict, reply.ttl, sender);
	if (known !== undefined || isCounted) {
		counts[countOf(known)]--;
	}

	counts[isKept ? countOf(verdict) : 'silent']++;
	tellOfVerdict(sweep, verdict, reply, known ?? (isCounted ? NO_RESPONSE : undefined));
	return true;
};

/** Where a verdict counts; that nothing is known is silence. */
const countOf = (verdict: Verdict | undefined): keyof SweepCounts =>
	verdict === undefined ? 'silent' : COUNTS[verdict.state];

const COUNTS: Readonly<Record<PortState, keyof SweepCounts>> = {
	open: 'open',
	closed: 'closed',
	filtered: 'rejected',
	unknown: 'silent',
};

const tellOfVerdict = (
	sweep: SweepState,
	verdict: Verdict,
	reply: Reply,
	previous: Verdict | undefined,
): void => {
	const {target, port, ttl} = reply;
	if (sweep.decisions.isOn) {
		tellOfProbe(sweep, target, reply, {
			what: 'state-set',
			...verdict,
			previous: previous?.state ?? 'unknown',
		});
	}

	if (sweep.options.portEvents === 'all' || verdict.state === 'open') {
		const sender = reply.sender === target ? {} : {sender: addressOf(reply.sender)};
		tellOfPort(sweep, target, {port, ...verdict, ttl, ...sender}, previous !== undefined);
	}
};

const tellOfPort = (sweep: SweepState, key: AddressKey, result: PortResult, late: boolean): void => {
	sweep.emit({type: 'port', address: addressOf(key), result, late});
};
