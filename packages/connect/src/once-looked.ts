/**
 * Calls back once the event loop has looked for all that came until now: after a time in which the process stood still,
 * deadlines have passed while outcomes that came in time have not been seen.
 */
export const onceLooked = (callback: () => void): void => {
	setImmediate(() => setImmediate(callback)); // Between two rounds of immediates, descriptors are polled
};
