import type {Micros, Progress, ScanEvent, ScanSummary} from '@halfopen/model';
import type {Told} from './told.ts';

/** Longest sleep, so that nothing that goes unannounced is missed for long. */
export const LONGEST_WAIT = 250_000; // µs

/** How soon to look again while probes are on their way to the kernel. */
export const SENDER_BUSY_WAIT = 2000; // µs

/** A step so late was held up, or the clock leapt. */
export const STANDSTILL = 200_000; // µs

/**
 * A scan as steps: each looks at what came, lets what is overdue time out, and writes what may leave. It neither waits
 * nor reads a clock of its own, so a simulated network runs it as fast as it can be computed.
 */
export interface ScanLoop {
	/** Everything is asked, and every answer is in or overdue. */
	readonly isFinished: boolean;
	/** Does what is due at `now`, for a few milliseconds at most. Returns when to be called again, at the latest. */
	step(now: Micros): Micros;
	/** There was no step between these times, though one was due. The next follows. */
	onStandstill(from: Micros, until: Micros): void;
	/** What happened since the last call. */
	takeEvents(): ScanEvent[];
	/** A probe left after the last step: its answer is not waited for. `errno` is 0 where it did leave. */
	onLeftLast(tag: number, errno: number): void;
	/** Reports that are left when no more steps are made, because it is finished or was ended early: in batches, some empty. */
	lastEvents(now: Micros): Iterable<readonly ScanEvent[]>;
	progress(now: Micros): Progress;
	summary(now: Micros): ScanSummary;
	/** Sends at this rate from now on, in packets per second. */
	setRate(packetsPerSecond: number, now: Micros): void;
	/** Tells more from now on, or less; what is absent stays. */
	tell(what: Partial<Told>): void;
}
