/** Seconds whose text is kept: the hosts of a report begin and end in the same few. */
const SECONDS_KEPT = 64;

const kept: {readonly second: number; readonly text: string}[] = Array.from({length: SECONDS_KEPT}, () => ({
	second: Number.NaN,
	text: '',
}));

/** RFC 3339 in whole milliseconds, given as milliseconds since the epoch. */
export const isoTime = (at: number): string => {
	const second = Math.floor(at / 1000);
	const millisecond = Math.floor(at - second * 1000);
	const slot = second % SECONDS_KEPT;
	if (kept[slot].second !== second) {
		kept[slot] = {second, text: secondText(second)};
	}

	return `${kept[slot].text}.${String(millisecond).padStart(3, '0')}Z`;
};

/** `2026-11-22T12:53:20`. */
const secondText = (second: number): string =>
	new Date(second * 1000).toISOString().slice(0, -'.000Z'.length);
