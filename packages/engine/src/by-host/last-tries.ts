/** So many tries before the cap on retries are the last ones. */
const LAST_TRIES = 2;

/** A port has at least so many tries before its last ones. */
const TRIES_BEFORE = 3;

/** Whether this try of a port, 0 for the first, is one of the last that the cap allows: all of them might fall into one bad time. */
export const isLastTry = (attempt: number, maxRetries: number): boolean =>
	attempt >= Math.max(TRIES_BEFORE, maxRetries + 1 - LAST_TRIES);
