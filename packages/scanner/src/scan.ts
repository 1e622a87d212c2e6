import type {Told} from '@halfopen/engine';
import type {Progress, ScanEvent} from '@halfopen/model';
import type {EventBatches} from './name-reports.ts';
import {runBatches} from './run-batches.ts';
import {ScanControls} from './scan-controls.ts';
import type {ScanOptions} from './scan-options.ts';
import {singly} from './single-events.ts';

/** A scan. It begins when its events are first taken, and goes on as fast as they are taken. */
export interface Scan extends AsyncIterable<ScanEvent> {
	/**
	 * The same events, many at a time: what happened since the last were taken. For scans with hundreds of thousands of
	 * events a second. Take either these or single events, once.
	 */
	batches(): AsyncIterable<readonly ScanEvent[]>;
	/** Where it stands; all zeros before it began. */
	progress(): Progress;
	/**
	 * Sends this many packets per second from now on, as if `minRate` and `maxRate` were both this.
	 * @throws ScanError `ERR_HALFOPEN_OPTION` unless it is more than 0
	 */
	setRate(packetsPerSecond: number): void;
	/** Tells more from now on, or less: what the options of the same names say. What is absent stays as it is. */
	tell(what: Partial<Told>): void;
}

/**
 * Scans ports. Nothing is resolved, opened or sent before the first event is taken; leaving the loop early ends the
 * scan and closes what it opened.
 *
 * ```ts
 * for await (const event of scan({targets: '192.0.2.1', ports: '22,80'})) {
 * 	if (event.type === 'port') {
 * 		console.log(event.result.port, event.result.state);
 * 	}
 * }
 * ```
 *
 * The first `next()` rejects with a `ScanError` when an option is wrong, or when the scan is not possible here. A
 * target that is malformed or does not resolve is a `warning` event, and the others are scanned.
 */
export const scan = (options: ScanOptions): Scan => {
	const controls = new ScanControls();
	const batches = (): EventBatches =>
		options.worker === true ? batchesOfWorker(options, controls) : runBatches(options, controls);
	return {
		batches,
		[Symbol.asyncIterator]: () => singly(batches()),
		progress: () => controls.progress(),
		setRate: rate => {
			controls.setRate(rate);
		},
		tell: what => {
			controls.tell(what);
		},
	};
};

/** What runs a worker is loaded by those who want one. */
async function* batchesOfWorker(options: ScanOptions, controls: ScanControls): EventBatches {
	const {workerBatches} = await import('./worker/worker-batches.ts');
	yield* workerBatches(options, controls);
}
