import {SECOND, type Micros} from '@halfopen/model';

/** Seconds with a fixed number of decimals and no unit. */
export const formatSeconds = (duration: Micros, decimals: number): string =>
	(duration / SECOND).toFixed(decimals);

/** Seconds in fixed notation with two significant digits, as in `0.00064`; `0` for nothing. */
export const formatLatency = (latency: Micros): string => {
	const seconds = Number((latency / SECOND).toPrecision(2));
	return seconds > 0 ? seconds.toFixed(Math.max(0, 1 - Math.floor(Math.log10(seconds)))) : '0';
};

/** `H:MM:SS`, to the nearest second. */
export const formatStopwatch = (duration: Micros): string => {
	const seconds = Math.round(duration / SECOND);
	const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
	return `${hours}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
};

/** Milliseconds for a reader: whole ones from 10 on, three decimals below. */
export const formatMilliseconds = (duration: Micros): string => {
	const milliseconds = duration / 1000;
	return `${milliseconds >= 10 ? Math.round(milliseconds) : Number(milliseconds.toFixed(3))} ms`;
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');
