import {type Micros, micros, type TransportCounters} from '@halfopen/model';
import type {ScanState} from './by-host/scan-state.ts';

/** How often the transport is asked for its counts. */
const INTERVAL = 50_000; // µs

/** Lowers the rate of the whole scan when something was lost or had to wait on our own side. */
export const watchOwnLosses = (scan: ScanState, now: Micros): void => {
	if (now < scan.ownLossesDueAt) {
		return;
	}

	scan.ownLossesDueAt = micros(now + INTERVAL);
	const losses = ownLosses(scan.transport.counters());
	if (losses > scan.ownLosses) {
		scan.group.path.onLocalLoss(now);
	}

	scan.ownLosses = losses;
};

/** Replies that found the ring full, frames that the kernel dropped before we saw them, and full kernel queues. */
const ownLosses = ({repliesLost, kernelDrops, sendWaits}: TransportCounters): number =>
	repliesLost + kernelDrops + sendWaits;
