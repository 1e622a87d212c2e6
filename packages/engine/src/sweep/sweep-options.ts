import type {AddressKey, Micros, Transport} from '@halfopen/model';
import type {ProbeOrder, ScanSpace} from '@halfopen/targets';
import type {TimingParameters} from '@halfopen/timing';

/** What to sweep, and how. */
export interface SweepOptions {
	readonly transport: Transport;
	readonly space: ScanSpace;
	/** The order of the numbers of `space`, or a shard of it. */
	readonly order: ProbeOrder;
	readonly timing: TimingParameters;
	/** Whether states are kept for a report of every host, or told once as events; see `planSweep`. */
	readonly results: 'table' | 'stream';
	/** Probes per second to one address. */
	readonly maxHostRate?: number;
	/** Which ports have an event of their own. */
	readonly portEvents: 'open' | 'all';
	/** Whether decisions are told. */
	readonly decisions: boolean;
	/** Asked once more about every address right before a probe to it is written. */
	readonly isExcluded?: (key: AddressKey) => boolean;
	/** Milliseconds since the epoch, of a time of the transport's clock. */
	readonly timeOfDay: (at: Micros) => number;
}
