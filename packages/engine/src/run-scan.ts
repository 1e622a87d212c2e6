import {micros, type Progress, type ScanEvent} from '@halfopen/model';
import {mergePackets} from './merge-packets.ts';
import {ScanLoop} from './by-host/scan-loop.ts';
import type {ScanLoopOptions} from './by-host/scan-state.ts';

/** A scan that runs while its events are taken: a slow taker slows the scan, nothing piles up. */
export interface RunningScan {
	/** What happened since the last batch was taken, in order; none is empty. */
	readonly batches: AsyncGenerator<readonly ScanEvent[], void, undefined>;
	progress(): Progress;
	/** Sends at this rate from now on, in packets per second. */
	setRate(packetsPerSecond: number): void;
}

/**
 * Scans until every host is reported; the last event is `end`. The transport stays open: who opened it closes it.
 * With an aborted `signal` it sends no more and ends at once with what it knows.
 */
export const runScan = (options: ScanLoopOptions, signal?: AbortSignal): RunningScan => {
	const loop = new ScanLoop(options);
	return {
		batches: batches(loop, options, signal),
		progress: () => loop.progress(options.transport.clock.now()),
		setRate: rate => {
			loop.setRate(rate, options.transport.clock.now());
		},
	};
};

async function* batches(
	loop: ScanLoop,
	{transport}: ScanLoopOptions,
	signal: AbortSignal | undefined,
): AsyncGenerator<readonly ScanEvent[], void, undefined> {
	const isOver = (): boolean => loop.isFinished || signal?.aborted === true;
	while (!isOver()) {
		const deadline = loop.step(transport.clock.now());
		const events = mergePackets(loop.takeEvents(), transport.takePackets());
		if (events.length > 0) {
			yield events;
		}

		if (!isOver()) {
			await transport.wait(deadline);
		}
	}

	await untilSent(transport);
	const end: ScanEvent = {type: 'end', summary: loop.summary(transport.clock.now())};
	yield mergePackets([end], transport.takePackets());
}

/** The sender may still be at work on canaries, and counts what it sent a moment after it did. */
const untilSent = async (transport: ScanLoopOptions['transport']): Promise<void> => {
	const deadline = transport.clock.now() + LONGEST_GOODBYE;
	while (transport.probes.pending > 0 && transport.clock.now() < deadline) {
		transport.probes.takeSent(() => {});
		await transport.wait(micros(transport.clock.now() + GOODBYE_STEP));
	}
};

const LONGEST_GOODBYE = 20_000; // µs
const GOODBYE_STEP = 1000; // µs
