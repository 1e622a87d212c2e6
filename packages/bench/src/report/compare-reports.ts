import type {CaseResult, Figure} from '../figure.ts';

/** A figure beside that of an earlier run. */
export interface Comparison {
	readonly before: number;
	/** Now to before; `undefined` when it was 0. */
	readonly ratio: number | undefined;
	readonly verdict: 'better' | 'same' | 'worse';
}

/** How a figure compares with the same one of an earlier run; `undefined` when that has none. */
export const compareWith = (
	baseline: readonly CaseResult[],
	{measurement, label}: CaseResult,
	figure: Figure,
): Comparison | undefined => {
	const before = baseline
		.find(result => result.measurement === measurement && result.label === label)
		?.figures.find(({name}) => name === figure.name);
	return before && comparisonOf(figure, before);
};

/** Runs on a quiet machine differ by a few per cent even when their own rounds agree. */
const USUAL_NOISE = 0.05;

const comparisonOf = (now: Figure, before: Figure): Comparison => {
	const change = now.value - before.value;
	const gain = now.better === 'more' ? change : -change;
	const isNoise = Math.abs(change) <= noiseOf(now, before);
	return {
		before: before.value,
		ratio: before.value === 0 ? undefined : now.value / before.value,
		verdict: isNoise || gain === 0 ? 'same' : gain > 0 ? 'better' : 'worse',
	};
};

/** What the two may differ by without meaning anything: as much as the rounds of either run did. */
const noiseOf = (now: Figure, before: Figure): number =>
	Math.max(
		now.grain ?? 0,
		USUAL_NOISE * Math.abs(before.value),
		now.most - now.least,
		before.most - before.least,
	);

/** A comparison, and of what. */
export interface NamedComparison extends Comparison {
	readonly measurement: string;
	readonly label: string;
	readonly figure: string;
}

/** All figures that both runs have. */
export const compareReports = (
	baseline: readonly CaseResult[],
	results: readonly CaseResult[],
): NamedComparison[] =>
	results.flatMap(result =>
		result.figures.flatMap(figure => {
			const comparison = compareWith(baseline, result, figure);
			const {measurement, label} = result;
			return comparison === undefined ? [] : {measurement, label, figure: figure.name, ...comparison};
		}),
	);

/** Whether any figure is worse than in the earlier run. */
export const isWorse = (baseline: readonly CaseResult[], results: readonly CaseResult[]): boolean =>
	compareReports(baseline, results).some(({verdict}) => verdict === 'worse');
