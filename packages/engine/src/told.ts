/** What a scan tells of itself besides its results; it may change while the scan runs. */
export interface Told {
	/** Which ports have an event of their own. */
	readonly portEvents: 'open' | 'all';
	/** Whether decisions are told. */
	readonly decisions: boolean;
	/** Whether every packet is told, where there are packets. */
	readonly trace: boolean;
}
