import {SECOND, type Progress} from '@halfopen/model';
import {formatStats, formatTiming, shareDone, timeRemaining} from '@halfopen/output';

/** The estimate that was told last: when the scan was to end, in µs since its beginning. */
export interface ToldEstimate {
	readonly endsAt: number;
}

/** How often -v looks whether there is something new to tell, in milliseconds. */
export const AUTOMATIC_INTERVAL = 30_000;

const LEAST_SHARE = 0.003;
const LEAST_REMAINING = 30 * SECOND;
const LEAST_CHANGE = 15 * SECOND;
const LEAST_CHANGE_OF_TOTAL = 0.05;

/** Both lines of a status report. */
export const formatProgress = (task: string, progress: Progress, at: number): string =>
	`${formatStats(task, progress)}${formatTiming(task, progress, at)}`;

/** The estimate to tell now without being asked, or nothing when it would be no news. */
export const estimateWorthTelling = (
	progress: Progress,
	told: ToldEstimate | undefined,
): ToldEstimate | undefined => {
	const remaining = timeRemaining(progress);
	if (remaining === undefined || shareDone(progress) < LEAST_SHARE || remaining < LEAST_REMAINING) {
		return undefined;
	}

	const endsAt = progress.elapsed + remaining;
	return told === undefined || progress.elapsed > told.endsAt || isNews(endsAt, told.endsAt)
		? {endsAt}
		: undefined;
};

const isNews = (endsAt: number, told: number): boolean => {
	const change = Math.abs(endsAt - told);
	return change > LEAST_CHANGE && change > LEAST_CHANGE_OF_TOTAL * told;
};
