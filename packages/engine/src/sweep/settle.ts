import {type AddressKey, addressOf, type PortResult, type Reply, type Verdict} from '@halfopen/model';
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
	if (sweep.decisions.tellsEveryPort) {
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
	position: number,
	number: number,
	verdict: Verdict,
	reply: Reply,
	isCounted: boolean,
): boolean => {
	const {counts, results} = sweep;
	const known = results.verdictAt(number, position);
	if (known !== undefined && !replaces(known, verdict)) {
		return false;
	}

	const {sender, target} = reply;
	const isKept = results.set(number, position, verdict, reply.ttl, sender === target ? undefined : sender);
	if (known !== undefined || isCounted) {
		count(counts, known, -1);
	}

	count(counts, isKept ? verdict : undefined, 1);
	tellOfVerdict(sweep, verdict, reply, known ?? (isCounted ? NO_RESPONSE : undefined));
	return true;
};

/** Counts a position where it belongs; that nothing is known is silence. By branches: it is done for every answer. */
const count = (counts: SweepCounts, verdict: Verdict | undefined, by: 1 | -1): void => {
	switch (verdict?.state) {
		case 'open': {
			counts.open += by;
			break;
		}

		case 'closed': {
			counts.closed += by;
			break;
		}

		case 'filtered': {
			counts.rejected += by;
			break;
		}

		default: {
			counts.silent += by;
		}
	}
};

const tellOfVerdict = (
	sweep: SweepState,
	verdict: Verdict,
	reply: Reply,
	previous: Verdict | undefined,
): void => {
	const {state, reason} = verdict;
	if (sweep.decisions.isOn) {
		const was = previous?.state ?? 'unknown';
		tellOfProbe(sweep, reply.target, reply, {what: 'state-set', state, reason, previous: was});
	}

	if (sweep.decisions.tellsEveryPort || state === 'open') {
		const {target, port, ttl, sender} = reply;
		// Written out, since there may be a million of them a second and spreading costs as much as all the rest
		const result: PortResult =
			sender === target ? {port, state, reason, ttl} : {port, state, reason, ttl, sender: addressOf(sender)};
		tellOfPort(sweep, target, result, previous !== undefined);
	}
};

const tellOfPort = (sweep: SweepState, key: AddressKey, result: PortResult, late: boolean): void => {
	sweep.events.add({type: 'port', address: addressOf(key), result, late});
};
