/** What a label says of the threads that send; of one nothing. */
export const threadsText = (senderThreads: number): string =>
	senderThreads === 1 ? '' : `, ${senderThreads} threads`;
