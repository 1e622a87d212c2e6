/** Nothing when there is nothing to wait for; otherwise what resolves when all of them did. */
export const allOf = (waits: readonly (Promise<void> | undefined)[]): Promise<void> | undefined => {
	const pending = waits.filter(wait => wait !== undefined);
	return pending.length === 0 ? undefined : untilAll(pending);
};

const untilAll = async (waits: readonly Promise<void>[]): Promise<void> => {
	await Promise.all(waits);
};
