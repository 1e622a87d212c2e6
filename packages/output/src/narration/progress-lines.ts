import {MILLISECOND, micros, type Micros, type Progress} from '@halfopen/model';
import {formatMinute} from '../text/date-text.ts';
import {formatStopwatch} from '../text/duration-text.ts';

/** Below this share an estimate of the end is worth nothing. */
const LEAST_SHARE_FOR_ESTIMATE = 0.01;

/** `Stats: 0:00:01 elapsed; 0 hosts completed (1 up), 1 undergoing SYN Stealth Scan`. */
export const formatStats = (task: string, progress: Progress): string =>
	`Stats: ${formatStopwatch(progress.elapsed)} elapsed; ${progress.hostsDone} hosts completed (${progress.hostsUp} up), ${progress.hostsActive} undergoing ${task}\n`;

/** `SYN Stealth Scan Timing: About 18.75% done; ETC: 12:54 (0:00:04 remaining)`; `at` is the time of day. */
export const formatTiming = (task: string, progress: Progress, at: number): string => {
	const share = shareDone(progress);
	const remaining = timeRemaining(progress);
	const estimate =
		remaining === undefined || share < LEAST_SHARE_FOR_ESTIMATE
			? ''
			: `; ETC: ${formatMinute(at + remaining / MILLISECOND)} (${formatStopwatch(remaining)} remaining)`;
	return `${task} Timing: About ${(share * 100).toFixed(2)}% done${estimate}\n`;
};

/** Ports with a verdict, as a share of all ports; where none are scanned, hosts that are done. */
export const shareDone = ({portsDone, portsTotal, hostsDone, hostsTotal}: Progress): number =>
	portsTotal === 0 ? shareOf(hostsDone, hostsTotal) : shareOf(portsDone, portsTotal);

const shareOf = (done: number, total: number): number => (total === 0 ? 0 : Math.min(1, done / total));

/** How long the rest takes at the pace so far; `undefined` before the first verdict. */
export const timeRemaining = (progress: Progress): Micros | undefined => {
	const share = shareDone(progress);
	return share === 0 ? undefined : micros((progress.elapsed * (1 - share)) / share);
};
