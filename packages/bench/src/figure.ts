import type {Quantity, Sample} from './measurement.ts';

/** A value that was measured several times. */
export interface Figure extends Quantity {
	/** The median. */
	readonly value: number;
	readonly least: number;
	readonly most: number;
	/** How the median came about: parts of a whole, by name. */
	readonly shares?: Readonly<Record<string, number>>;
}

/** What one case of a measurement came to. */
export interface CaseResult {
	readonly measurement: string;
	readonly label: string;
	/** Empty when it could not be measured. */
	readonly figures: readonly Figure[];
	/** Why it could not be measured. */
	readonly problem?: string;
}

/** Sums up rounds that measured the same quantities. */
export const figuresOf = (rounds: readonly (readonly Sample[])[]): Figure[] =>
	(rounds[0] ?? []).map(({name}) =>
		figureOf(rounds.flatMap(samples => samples.filter(one => one.name === name))),
	);

const figureOf = (samples: readonly Sample[]): Figure => {
	const sorted = [...samples].sort((a, b) => a.value - b.value);
	return {
		...sorted[(sorted.length - 1) >> 1],
		least: sorted[0].value,
		most: sorted[sorted.length - 1].value,
	};
};

/** Whether the value is what was to be reached; `undefined` when nothing was. */
export const reachesGoal = ({value, goal, better}: Figure): boolean | undefined => {
	if (goal === undefined) {
		return undefined;
	}

	return better === 'more' ? value >= goal : value <= goal;
};
