import {type Progress, SECOND} from '@halfopen/model';
import {shareDone} from '@halfopen/output';

/** Width of the bar. */
const BAR = 20;

/** Eighths of a cell, from none to seven. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * How far a scan is, in one line of no more than `width` columns:
 * `███████▌             37.5 %  3.7k of 10k ports  12k/s  412 answers  2.1 % lost  0:04 left`.
 * What does not fit is left out from the end.
 */
export const formatProgressLine = (progress: Progress, width: number): string => {
	const share = shareDone(progress);
	const hasPorts = progress.portsTotal > 0;
	const parts = [
		bar(share),
		`${(share * 100).toFixed(1).padStart(5)} %`,
		...(hasPorts ? [`${shortNumber(progress.portsDone)} of ${shortNumber(progress.portsTotal)} ports`] : []),
		...(progress.hostsTotal > 1 || !hasPorts
			? [`${shortNumber(progress.hostsDone)} of ${shortNumber(progress.hostsTotal)} hosts`]
			: []),
		...(progress.hostsFound === undefined ? [] : [`${shortNumber(progress.hostsFound)} found`]),
		`${shortNumber(progress.rateNow ?? progress.rate)}/s`,
		...(progress.portsAnswered === undefined
			? []
			: [`${shortNumber(progress.portsAnswered)} ${progress.portsAnswered === 1 ? 'answer' : 'answers'}`]),
		...(progress.loss === undefined ? [] : [`${(progress.loss * 100).toFixed(1)} % lost`]),
		...(progress.timeLeft === undefined ? [] : [`${clock(progress.timeLeft / SECOND)} left`]),
	];
	return fitting(parts, width);
};

const bar = (share: number): string => {
	const eighths = Math.floor(share * BAR * EIGHTHS.length);
	const full = Math.floor(eighths / EIGHTHS.length);
	return `${'█'.repeat(full)}${EIGHTHS[eighths % EIGHTHS.length]}`.padEnd(BAR);
};

/** The time left is worth more than what stands before it. */
const fitting = (parts: readonly string[], width: number): string => {
	const left = [...parts];
	while (left.join(SEPARATOR).length > width && left.length > 2) {
		left.splice(left.length > 3 ? -2 : -1, 1);
	}

	return left.join(SEPARATOR).slice(0, Math.max(0, width));
};

const SEPARATOR = '  ';

/** `950`, `1.2k`, `65k`, `4.3G`: two digits or more. */
export const shortNumber = (value: number): string => {
	const rounded = Math.round(value);
	const unit = UNITS.findLast(([size]) => rounded >= size);
	if (unit === undefined) {
		return String(rounded);
	}

	const [size, letter] = unit;
	const scaled = rounded / size;
	return `${scaled < 10 ? (Math.floor(scaled * 10) / 10).toFixed(1) : Math.floor(scaled)}${letter}`;
};

const UNITS: readonly (readonly [number, string])[] = [
	[1e3, 'k'],
	[1e6, 'M'],
	[1e9, 'G'],
	[1e12, 'T'],
];

/** `0:04`, `12:34`, `1:02:03`. */
const clock = (seconds: number): string => {
	const whole = Math.ceil(seconds);
	const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
	const tail = String(rest).padStart(2, '0');
	return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
};
