import {micros} from '@halfopen/model';
import {newRound, noteAnswer, noteProbes, noteSent, type ProbeKind, type Round} from '../src/round.ts';

/** A round of probes at one rate, of which the first ones were answered. */
export interface HandMadeRound {
	readonly probes: number;
	readonly answered: number;
	readonly rate?: number;
	readonly rtt?: number;
	/** What answers take beyond the shortest round trip. */
	readonly excess?: number;
	/** Answers per second, where a queue spaces them out. */
	readonly answerRate?: number;
	readonly kind?: ProbeKind;
	readonly chance?: number;
}

export const handMadeRound = (made: HandMadeRound): Round => {
	const {probes, answered, rate = 1000, rtt = 20_000, excess = 0, answerRate = rate} = made;
	const {kind = 'fresh', chance} = made;
	const round = newRound(0, micros(0), rate);
	for (let index = 0; index < probes; index++) {
		const sentAt = micros((index * 1_000_000) / rate);
		noteProbes(round, 1, kind, chance);
		noteSent(round, 1, sentAt, sentAt);
		if (index < answered) {
			const receivedAt = micros(rtt + excess + (index * 1_000_000) / answerRate);
			noteAnswer(round, {kind, chance}, {sentAt, receivedAt}, micros(excess));
		}
	}

	round.isEnded = true;
	return round;
};
