/** What the command line needs of the process around it. Tests bring their own. */
export interface CommandIo {
	readonly stdin: AsyncIterable<string | Uint8Array>;
	/** Absent where there is no terminal, or where this process may not read from it. */
	readonly keyboard?: Keyboard;
	readonly stdout: TextSink;
	readonly stderr: TextSink;
	/** Variables such as HOME and NO_COLOR. */
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Folders in which programs keep what is the same for all users, each in one of its own; the first goes first. */
	readonly sharedFolders: readonly string[];
	/** Milliseconds since the epoch. */
	now(): number;
	/**
	 * Calls back at the first SIGINT or SIGTERM. Another soon after is the same, handed on by a parent as npm does; a later
	 * one ends the process at once. Returns how to stop it.
	 */
	onInterrupt(listener: (signal: InterruptSignal) => void): () => void;
	/** Calls back every so many milliseconds. Returns how to stop it. */
	every(milliseconds: number, listener: () => void): () => void;
}

/** The keys of a terminal, one by one. */
export interface Keyboard {
	/** Calls back with each key, and leaves signals to `onInterrupt`. Returns how to stop, which leaves the terminal as it was. */
	onKey(listener: (key: string) => void): () => void;
}

export type InterruptSignal = 'SIGINT' | 'SIGTERM';

/** Where text goes. */
export interface TextSink {
	/** The terminal behind it; absent when it goes anywhere else. */
	readonly terminal?: {readonly columns: () => number};
	/** Another program reads it. */
	readonly isPipe?: true;
	/**
	 * Resolves when more may be written.
	 * @throws what the file or stream failed with; `BrokenPipe` when nobody reads any more
	 */
	write(text: Text): Promise<void>;
}

/** Text, or the bytes of it in UTF-8, which are the writer's again when the write is done. */
export type Text = string | Uint8Array;

export const stringOf = (text: Text): string =>
	typeof text === 'string' ? text : Buffer.from(text.buffer, text.byteOffset, text.length).toString();

/** The reader of a pipe went away. */
export class BrokenPipe extends Error {}
