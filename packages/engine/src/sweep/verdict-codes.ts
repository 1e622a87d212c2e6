import {PORT_STATES, type PortState, type Reason, REASONS, type Verdict} from '@halfopen/model';

/** Verdicts as numbers of one byte; 0 is that of none. */
export const codeOf = ({state, reason}: Verdict): number =>
	FIRST_CODE + STATE_PLACES[state] * REASONS.length + REASON_PLACES[reason];

/** The verdict with this code: the same object each time. */
export const verdictOf = (code: number): Verdict | undefined => VERDICTS[code];

const FIRST_CODE = 1;

const placesOf = <Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> =>
	Object.fromEntries(names.map((name, place) => [name, place])) as Record<Name, number>;

const STATE_PLACES: Readonly<Record<PortState, number>> = placesOf(PORT_STATES);
const REASON_PLACES: Readonly<Record<Reason, number>> = placesOf(REASONS);

const VERDICTS: readonly (Verdict | undefined)[] = [
	undefined,
	...PORT_STATES.flatMap(state => REASONS.map(reason => ({state, reason}))),
];
