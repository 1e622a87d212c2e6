import {type AddressKey, type Micros, micros, type Path} from '@halfopen/model';
import {PROBES_PER_CANARY} from '@halfopen/timing';
import {refuseExcluded} from '../refuse-excluded.ts';
import type {AskingKind} from './leaving-probes.ts';
import {POSITION_STATUS, type PositionStatus} from './position-window.ts';
import {settleUnreachable} from './settle.ts';
import type {SweepState} from './sweep-state.ts';
import {tellOfProbe} from './tell-of-probe.ts';

/** Positions that are looked at in one step, sent or not, so that one step is short. */
const MOST_LOOKED_AT = 4096;

/** Probes that wait for the sender: more would only wait longer. It looks for more every so often. */
const LEAST_PENDING = 1024;
const PENDING_SECONDS = 0.004;

/** Positions that wait for their hosts' turn. */
const MOST_DEFERRED = 65_536;

/** When to try again to find a path, while too many are being looked for. */
const CROWDED_WAIT = 10_000; // µs

/** The tag of a canary is this bit and its index; that of another probe is its position modulo 2^31. */
export const CANARY_TAG = 0x80_00_00_00;
const TAG_MASK = 0x7f_ff_ff_ff;

/**
 * Probes that are written without looking at the timing in between. It costs as much for many as for one; a canary may
 * be due after so many.
 */
const BATCH = PROBES_PER_CANARY;

/** Writes the probes that may leave now. Returns when the next may leave, unless something else happens before. */
export const sendPositions = (sweep: SweepState, now: Micros): Micros => {
	const {group, timing, transport} = sweep;
	const {probes} = transport;
	const mostPending = Math.max(LEAST_PENDING, Math.max(timing.rate, group.floor.rate) * PENDING_SECONDS);
	for (let left = MOST_LOOKED_AT; left > 0;) {
		const due = Math.min(group.roomAt(now), timing.roomAt(now));
		if (due <= 0) {
			return nextAdmission(sweep, now);
		}

		const room = Math.min(probes.free, mostPending - probes.pending);
		if (room <= 0) {
			return NEVER;
		}

		if (timing.wantsCanary && sendCanary(sweep, now)) {
			left--;
			continue;
		}

		const lookedAt = sendBatch(sweep, Math.min(due, room, left, BATCH), now);
		if (lookedAt === 0) {
			return sweep.deferred.nextAt;
		}

		left -= lookedAt;
	}

	return now;
};

/** Something else comes first: an answer, a timeout, or the sender having made room. */
const NEVER: Micros = micros(Infinity);

/** An answer or a timeout may have to come first; the floor of the rate waits for neither. */
const nextAdmission = ({group, timing}: SweepState, now: Micros): Micros => {
	const at = Math.max(group.nextSendAt, timing.nextSendAt);
	return micros(Math.min(at > now ? at : Infinity, group.floor.dueAt));
};

/** Looks at the next few positions, and sends what may be sent. Returns how many there were. */
const sendBatch = (sweep: SweepState, most: number, now: Micros): number => {
	let lookedAt = 0;
	while (lookedAt < most && lookAtNext(sweep, now)) {
		lookedAt++;
	}

	sweep.leaving.tell(now);
	return lookedAt;
};

/** What waited comes before what was never asked. False when there is nothing. */
const lookAtNext = (sweep: SweepState, now: Micros): boolean => {
	const {deferred, ready, window} = sweep;
	if (ready.length > 0) {
		const position = window.positionOf(ready.shift());
		if (position !== -1 && window.isToBeSent(position)) {
			sendOrWait(sweep, position, 'unreserved', now);
		}

		return true;
	}

	if (deferred.nextAt <= now) {
		const position = deferred.shift();
		if (window.has(position) && window.isToBeSent(position)) {
			sendOrWait(sweep, position, 'reserved', now);
		}

		return true;
	}

	return openNext(sweep, now);
};

const openNext = (sweep: SweepState, now: Micros): boolean => {
	const {window, deferred, paths, again, table, order} = sweep;
	if (window.next >= sweep.end || window.isFull || deferred.length >= MOST_DEFERRED || !paths.hasRoom) {
		return false;
	}

	const position = window.open(again?.most ?? 0);
	sweep.results.onOpened(position);
	if (again !== undefined && table?.has(order.numberAt(position)) !== false) {
		window.settle(position); // Something was heard of it
	} else {
		sendOrWait(sweep, position, 'unreserved', now);
	}

	return true;
};

/** Sends the next try of a position, unless it has to wait for its path or for its host's turn. */
const sendOrWait = (
	sweep: SweepState,
	position: number,
	turn: 'reserved' | 'unreserved',
	now: Micros,
): void => {
	const {paths, hostRate, space, deferred} = sweep;
	const number = sweep.order.numberAt(position);
	const key = space.keyAt(number);
	const path = paths.find(key);
	if (path === undefined) {
		deferred.push(position, micros(now + CROWDED_WAIT));
	} else if (path.status === 'resolving') {
		paths.park(key, path, position);
	} else if (path.status === 'unreachable') {
		settleUnreachable(sweep, position, number);
	} else {
		const sendAt = hostRate === undefined ? now : hostRate[TURNS[turn]](key, now);
		if (sendAt > now) {
			deferred.push(position, sendAt);
		} else {
			send(sweep, position, key, space.portAt(number), path, now);
		}
	}
};

/** What asks for the turn of a host. */
const TURNS = {reserved: 'claim', unreserved: 'reserve'} as const;

const send = (
	sweep: SweepState,
	position: number,
	key: AddressKey,
	port: number,
	path: Path,
	now: Micros,
): void => {
	const {window, leaving, decisions} = sweep;
	const attempt = window.attempt(position);
	write(sweep, key, port, attempt, path, position & TAG_MASK);
	window.onQueued(position, leaving.add(kindOf(window.status(position), attempt), now));
	if (decisions.isOn) {
		tellOfProbe(sweep, key, {port, attempt, receivedAt: now}, PROBE_SENT);
	}
};

const kindOf = (status: PositionStatus, attempt: number): AskingKind =>
	status === POSITION_STATUS.interrupted ? 'resent' : attempt === 0 ? 'fresh' : 'repeated';

/** False when the canary whose turn it is may not be sent now. */
const sendCanary = (sweep: SweepState, now: Micros): boolean => {
	const {canaries, space, paths, hostRate, timing} = sweep;
	const index = canaries.next(now);
	if (index === -1) {
		return false;
	}

	const number = canaries.numberOf(index);
	const key = space.keyAt(number);
	const path = paths.known(key);
	if (path?.status !== 'ready' || hostRate?.isFree(key, now) === false) {
		return false;
	}

	hostRate?.reserve(key, now);
	const attempt = sweep.firstCanary + canaries.prepare(index);
	const port = space.portAt(number);
	write(sweep, key, port, attempt, path, CANARY_TAG + index);
	canaries.onQueued(index, timing.onSend('canary', now), now);
	tellOfProbe(sweep, key, {port, attempt, receivedAt: now}, PROBE_SENT);
	return true;
};

const write = (
	sweep: SweepState,
	key: AddressKey,
	port: number,
	attempt: number,
	path: Path,
	tag: number,
): void => {
	const {options, transport} = sweep;
	refuseExcluded(options, key);
	transport.probes.write(key, port, attempt, path.id, tag);
};

const PROBE_SENT = {what: 'probe-sent'} as const;
