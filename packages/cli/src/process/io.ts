/** What the command line needs of the process around it. Tests bring their own. */
export interface CommandIo {
	readonly stdin: AsyncIterable<string | Uint8Array>;
	readonly stdout: TextSink;
	readonly stderr: TextSink;
	/** Variables such as HOME and NO_COLOR. */
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Milliseconds since the epoch. */
	now(): number;
	/** Calls back at the first SIGINT or SIGTERM; the second ends the process at once. Returns how to stop it. */
	onInterrupt(listener: (signal: InterruptSignal) => void): () => void;
	/** Calls back every so many milliseconds. Returns how to stop it. */
	every(milliseconds: number, listener: () => void): () => void;
}

export type InterruptSignal = 'SIGINT' | 'SIGTERM';

/** Where text goes. */
export interface TextSink {
	/**
	 * Resolves when more may be written.
	 * @throws what the file or stream failed with; `BrokenPipe` when nobody reads any more
	 */
	write(text: string): Promise<void>;
}

/** The reader of a pipe went away. */
export class BrokenPipe extends Error {}
