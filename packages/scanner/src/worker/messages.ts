import type {Told} from '@halfopen/engine';
import type {Progress, ScanErrorCode, ScanOptionName} from '@halfopen/model';
import type {ScanOptions} from '../scan-options.ts';
import type {EncodedEvents} from './encode-events.ts';

/** What the thread of a scan begins with. */
export interface Assignment {
	/** What cannot cross is told by messages. */
	readonly options: Omit<ScanOptions, 'signal'>;
	/** What was said before it began. */
	readonly isAborted: boolean;
	readonly rate: number | undefined;
	readonly told: Partial<Told>;
}

/** What the caller's thread says to that of the scan. */
export type Order =
	/** A batch was taken: another may come. */
	| {readonly type: 'taken'}
	| {readonly type: 'set-rate'; readonly rate: number}
	| {readonly type: 'tell'; readonly what: Partial<Told>}
	/** The caller's signal aborted. */
	| {readonly type: 'abort'}
	/** Nobody wants any more events. */
	| {readonly type: 'leave'};

/** What the thread of a scan says. After `done` and `failed` it ends. */
export type News =
	| {readonly type: 'events'; readonly events: EncodedEvents; readonly progress: Progress}
	| {readonly type: 'progress'; readonly progress: Progress}
	| {readonly type: 'done'}
	| {readonly type: 'failed'; readonly failure: Failure};

/** An error on its way between threads: a clone has no class and no code. */
export interface Failure {
	/** Absent for a mistake in halfopen itself. */
	readonly code?: ScanErrorCode;
	readonly option?: ScanOptionName;
	readonly name: string;
	/** Without the option. */
	readonly message: string;
	readonly stack: string;
	readonly cause?: Failure;
}
