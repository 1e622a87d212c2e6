import type {Micros} from '@halfopen/model';

/** What to measure, and for how long. */
export interface BenchOptions {
	/** Names out of `MEASUREMENTS`; all by default. */
	readonly only?: readonly string[];
	/** Of each case, all its rounds together; 2 seconds by default. */
	readonly duration?: Micros;
	/** Numbers of threads to send with; 1 and 2 by default. */
	readonly senderThreads?: readonly number[];
	/** Send nothing: leaves out what needs a network, and needs no privilege. */
	readonly isNull?: boolean;
	/** Ends early; what was measured so far was told. */
	readonly signal?: AbortSignal;
}
