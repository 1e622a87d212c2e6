import {type Micros, SECOND} from '@halfopen/model';
import type {HostScan} from './host-scan.ts';

/** Tries that are further apart are not lost to the same outage. */
const LONGEST_OUTAGE = 3 * SECOND;

/**
 * Whether two tries of a port, one after the other, may be lost to the same outage: nothing that left in between, or since,
 * was answered. Then both together say no more of the port than one of them.
 */
export const mayShareOutage = (
	{timing, canaries, clearWay}: HostScan,
	earlierSentAt: Micros | undefined,
	sentAt: Micros,
): boolean =>
	earlierSentAt !== undefined &&
	timing.openAt <= earlierSentAt &&
	sentAt - earlierSentAt < LONGEST_OUTAGE &&
	!canaries.isEmpty &&
	!clearWay.isClosed;
