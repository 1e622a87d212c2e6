// Times of day for a reader: local time, given as milliseconds since the epoch.

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `HH:MM`. */
export const formatMinute = (at: number): string => clock(new Date(at));

/** `YYYY-MM-DD HH:MM TZ`. */
export const formatDateToMinute = (at: number): string => {
	const date = new Date(at);
	return `${day(date)} ${clock(date)} ${zone(date)}`;
};

/** `YYYY-MM-DD HH:MM:SS TZ`. */
export const formatDateToSecond = (at: number): string => {
	const date = new Date(at);
	return `${day(date)} ${clock(date)}:${two(date.getSeconds())} ${zone(date)}`;
};

/** `Sun Nov 22 12:52:41 2026`, the form of C's `ctime`. */
export const formatCtime = (at: number): string => {
	const date = new Date(at);
	const dayOfMonth = String(date.getDate()).padStart(2, ' ');
	const time = `${clock(date)}:${two(date.getSeconds())}`;
	return `${WEEKDAYS[date.getDay()]} ${MONTHS[date.getMonth()]} ${dayOfMonth} ${time} ${date.getFullYear()}`;
};

const day = (date: Date): string =>
	`${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

const clock = (date: Date): string => `${two(date.getHours())}:${two(date.getMinutes())}`;

/** `UTC`, or the distance from it, as in `+0545`. Names of zones are ambiguous, and Node takes long to find them. */
const zone = (date: Date): string => {
	const minutes = -date.getTimezoneOffset();
	return minutes === 0 ? 'UTC' : offset(minutes);
};

const offset = (minutes: number): string => {
	const distance = Math.abs(minutes);
	return `${minutes < 0 ? '-' : '+'}${two(Math.floor(distance / 60))}${two(distance % 60)}`;
};

const two = (value: number): string => String(value).padStart(2, '0');
