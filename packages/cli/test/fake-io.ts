import {BrokenPipe, stringOf, type CommandIo, type InterruptSignal} from '../src/process/io.ts';

// Reports show local time.
process.env.TZ = 'UTC';

/** 2026-11-22 12:53:20 UTC: what the clock shows, always. */
export const NOW: number = Date.UTC(2026, 10, 22, 12, 53, 20);

/** A process that keeps what is written to it. */
export interface FakeIo extends CommandIo {
	/** Pieces in the order written. */
	readonly out: string[];
	readonly errors: string[];
	/** Calls back everyone who waits for this signal. */
	interrupt(signal: InterruptSignal): void;
	/** Lets the timers with this interval go off. */
	tick(milliseconds: number): void;
	/** From now on nobody reads standard output. */
	breakPipe(): void;
	/** Timers and signal handlers that are still there. */
	readonly pending: number;
}

export const fakeIo = (
	input = '',
	environment: CommandIo['environment'] = {HOME: '/nonexistent'},
): FakeIo => {
	const out: string[] = [];
	const errors: string[] = [];
	const onInterrupt = new Set<(signal: InterruptSignal) => void>();
	const timers = new Map<() => void, number>();
	let isBroken = false;
	return {
		out,
		errors,
		stdin: (async function* () {
			yield input;
		})(),
		stdout: {
			write: async text => {
				if (isBroken) {
					throw new BrokenPipe();
				}

				out.push(stringOf(text));
			},
		},
		stderr: {
			write: async text => {
				errors.push(stringOf(text));
			},
		},
		environment,
		sharedFolders: [],
		now: () => NOW,
		onInterrupt: listener => {
			onInterrupt.add(listener);
			return () => onInterrupt.delete(listener);
		},
		every: (milliseconds, listener) => {
			timers.set(listener, milliseconds);
			return () => timers.delete(listener);
		},
		interrupt: signal => {
			for (const listener of onInterrupt) {
				listener(signal);
			}
		},
		tick: milliseconds => {
			for (const [listener, interval] of timers) {
				if (interval === milliseconds) {
					listener();
				}
			}
		},
		breakPipe: () => {
			isBroken = true;
		},
		get pending() {
			return onInterrupt.size + timers.size;
		},
	};
};
