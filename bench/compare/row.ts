/** One comparison, that runs by itself. */
export interface Row {
	readonly title: string;
	/** Rounds when nothing is said. */
	readonly rounds?: number;
	/** Runs it; resolves with its text in Markdown. */
	run(rounds: number): Promise<string>;
}
