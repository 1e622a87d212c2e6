/** Answers that were to be expected, how far chance may take them, and how many came. */
export interface Expectation {
	readonly expected: number;
	readonly variance: number;
	readonly came: number;
}

/** Whether more is missing than so many standard deviations of what chance takes. One answer is never beyond chance. */
export const isBeyondChance = ({expected, variance, came}: Expectation, deviations: number): boolean =>
	expected - came > deviations * Math.sqrt(variance + 1);
