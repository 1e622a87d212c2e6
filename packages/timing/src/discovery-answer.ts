import type {Micros} from '@halfopen/model';
import type {TryHistory} from './try-history.ts';

/** How a host is asked: along a path, or all who are on a link for the one with its address. */
export type DiscoveryWay = 'path' | 'link';

/** Probes of a try to one host, and their answer, as the timing sees them. */
export interface DiscoveryAnswer {
	readonly way: DiscoveryWay;
	/** The tries of the host up to the one that was answered. */
	readonly history?: TryHistory | undefined;
	readonly sentAt: Micros;
	readonly receivedAt: Micros;
	/** Whether it tells of the way to the host. ICMP errors do not: who sends them limits their number. Any tells of a link. */
	readonly isTelling: boolean;
}
