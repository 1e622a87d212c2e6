import {setImmediate} from 'node:timers/promises';
import {micros, type Progress, type ScanEvent, type Transport} from '@halfopen/model';
import {HostOrderLoop} from './by-host/host-order-loop.ts';
import type {ScanLoopOptions} from './by-host/scan-state.ts';
import {mergePackets} from './merge-packets.ts';
import {type ScanLoop, STANDSTILL} from './scan-loop.ts';
import {SweepLoop} from './sweep/sweep-loop.ts';
import type {SweepOptions} from './sweep/sweep-options.ts';
import type {Told} from './told.ts';

/** A scan that runs while its events are taken: a slow taker slows the scan, nothing piles up. */
export interface RunningScan {
	/** What happened since the last batch was taken, in order; none is empty. */
	readonly batches: AsyncGenerator<readonly ScanEvent[], void, undefined>;
	progress(): Progress;
	/** Sends at this rate from now on, in packets per second. */
	setRate(packetsPerSecond: number): void;
	/** Tells more from now on, or less; what is absent stays. */
	tell(what: Partial<Told>): void;
}

/**
 * Scans host by host until every host is reported; the last event is `end`. The transport stays open: who opened it
 * closes it. With an aborted `signal` it sends no more and ends at once: hosts that were begun are reported with what
 * they told, and marked incomplete.
 */
export const runScan = (options: ScanLoopOptions, signal?: AbortSignal): RunningScan =>
	run(new HostOrderLoop(options), options.transport, signal);

/**
 * Sweeps all pairs of address and port in one order, with memory that does not grow with their number; the last event
 * is `end`. With `results: 'table'` reports of all hosts come at the end. With an aborted `signal` it ends at once:
 * reports say what is known, and are marked incomplete where something is not.
 */
export const runSweep = (options: SweepOptions, signal?: AbortSignal): RunningScan =>
	run(new SweepLoop(options), options.transport, signal);

const run = (loop: ScanLoop, transport: Transport, signal: AbortSignal | undefined): RunningScan => ({
	batches: batches(loop, transport, signal),
	progress: () => loop.progress(transport.clock.now()),
	setRate: rate => {
		loop.setRate(rate, transport.clock.now());
	},
	tell: what => {
		loop.tell(what);
		if (what.trace !== undefined) {
			transport.setTracing?.(what.trace);
		}
	},
});

async function* batches(
	loop: ScanLoop,
	transport: Transport,
	signal: AbortSignal | undefined,
): AsyncGenerator<readonly ScanEvent[], void, undefined> {
	const isOver = (): boolean => loop.isFinished || signal?.aborted === true;
	let steppedAt = transport.clock.now();
	let deadline = micros(Infinity);
	let events: readonly ScanEvent[] = [];
	while (!isOver()) {
		const now = transport.clock.now();
		if (now > Math.max(deadline, steppedAt) + STANDSTILL) {
			loop.onStandstill(steppedAt, now);
		}

		deadline = loop.step(now);
		steppedAt = now;
		events = mergePackets(loop.takeEvents(), transport.takePackets(), now);
		if (isOver()) {
			break;
		}

		if (events.length > 0) {
			yield events;
			events = [];
		}

		if (!isOver()) {
			await transport.wait(deadline);
		}
	}

	await untilSent(loop, transport);
	transport.stop?.(); // What it has open is closed while the last events are told
	if (events.length > 0) {
		yield events;
	}

	for (const last of loop.lastEvents(transport.clock.now())) {
		if (last.length > 0) {
			yield last;
		}

		await setImmediate(); // There may be millions
	}

	const end: ScanEvent = {type: 'end', summary: loop.summary(transport.clock.now())};
	yield mergePackets([end], transport.takePackets(), steppedAt);
}

/** The sender may still be at work on canaries, and counts what it sent a moment after it did. */
const untilSent = async (loop: ScanLoop, transport: Transport): Promise<void> => {
	const deadline = transport.clock.now() + LONGEST_GOODBYE;
	const takeSent = (): void => {
		transport.probes.takeSent((tag, _sentAt, errno) => {
			loop.onLeftLast(tag, errno);
		});
	};
	for (takeSent(); transport.probes.pending > 0 && transport.clock.now() < deadline; takeSent()) {
		while (transport.replies.next()) {
			// Nobody waits for them any more, and a wait would end at once while they are there
		}

		await transport.wait(micros(transport.clock.now() + GOODBYE_STEP));
	}
};

const LONGEST_GOODBYE = 20_000; // µs
const GOODBYE_STEP = 1000; // µs
