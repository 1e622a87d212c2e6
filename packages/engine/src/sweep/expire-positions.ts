import type {Micros} from '@halfopen/model';
import {POSITION_STATUS} from './position-window.ts';
import {NO_RESPONSE, settleSilent} from './settle.ts';
import type {SweepState} from './sweep-state.ts';
import {tellOfPosition} from './tell-of-probe.ts';

/** Positions looked at in one step, so that one step is short. */
const EXPIRIES_PER_STEP = 4096;

/** Lets what is overdue time out; false when some is left for the next step. */
export const expirePositions = (sweep: SweepState, now: Micros): boolean => {
	expireCanaries(sweep, now);
	const {inFlight, window, timing} = sweep;
	const lastAttempt = lastAttemptOf(sweep);
	let overdue = 0;
	let left = EXPIRIES_PER_STEP;
	for (; left > 0 && inFlight.length > 0; left--) {
		const position = window.positionOf(inFlight.first);
		if (position !== -1 && window.status(position) === POSITION_STATUS.inFlight) {
			const attempt = window.attempt(position);
			const sentAt = window.sentAt(position, attempt, now) ?? now;
			if (timing.overdueAt(sentAt) > now) {
				break;
			}

			overdue++;
			if (timing.wasInterrupted(sentAt)) {
				window.onInterrupted(position);
				sweep.ready.push(position);
			} else {
				expire(sweep, position, attempt < lastAttempt, now);
			}
		}

		inFlight.shift(); // Overdue, or answered
	}

	timing.onLeave(overdue);
	return left > 0;
};

/** Positions that are asked again may have had more tries before than are counted. */
const lastAttemptOf = ({triesNeeded, again, options}: SweepState): number => {
	const ahead = again === undefined ? 0 : again.most - again.least;
	return Math.min(triesNeeded - 1 + ahead, options.timing.maxRetries);
};

const expire = (sweep: SweepState, position: number, hasTriesLeft: boolean, now: Micros): void => {
	const {window, ready, timing, decisions} = sweep;
	if (decisions.isOn) {
		const attempt = window.attempt(position);
		const occasion = {attempt, receivedAt: now};
		tellOfPosition(sweep, position, occasion, {what: 'probe-timed-out', timeout: timing.timeout});
		if (hasTriesLeft) {
			tellOfPosition(
				sweep,
				position,
				{attempt: attempt + 1, receivedAt: now},
				{what: 'retransmission-queued'},
			);
		} else {
			tellOfPosition(sweep, position, occasion, {what: 'tries-exhausted'});
			tellOfPosition(sweep, position, occasion, {what: 'state-set', ...NO_RESPONSE, previous: 'unknown'});
		}
	}

	if (hasTriesLeft) {
		window.onTimedOut(position);
		ready.push(position);
	} else {
		settleSilent(sweep, position);
	}
};

const expireCanaries = ({canaries, timing}: SweepState, now: Micros): void => {
	for (let at = canaries.oldestSentAt; timing.overdueAt(at) <= now; at = canaries.oldestSentAt) {
		const note = canaries.expireOldest();
		timing.onLeave();
		if (!timing.wasInterrupted(at)) {
			timing.onCanaryLost(note);
		}
	}
};
