import type {Micros} from '@halfopen/model';

/** Something that can be measured by itself. */
export interface Measurement {
	/** As in `--only send`. */
	readonly name: string;
	/** What its figures mean for a scan; one sentence. */
	readonly meaning: string;
	/** Whether packets leave: then it runs at one end of a cable between two network namespaces. */
	readonly needsCable: boolean;
	/** What is measured, one after another, each in a process of its own. */
	cases(settings: CaseSettings): readonly MeasurementCase[];
	/** How often each case is measured, 3 by default; the median counts. When more than once, once before to get warm. */
	readonly rounds?: number;
}

/** What decides which cases there are. */
export interface CaseSettings {
	/** Of each case, all its rounds together. */
	readonly duration: Micros;
	/** Numbers of threads that send, one at least; all is measured with the first, and the others beside it. */
	readonly senderThreads: readonly number[];
}

export interface MeasurementCase {
	/** What tells it from the other cases, as in `packet, batches of 64`. Part of its identity in comparisons. */
	readonly label: string;
	/** TCP ports that are open at the other end of the cable. */
	readonly openPorts?: readonly number[];
	/** Whether all threads share one core. */
	readonly isOnOneCore?: boolean;
	/**
	 * Measures for about this long.
	 * @throws ScanError when it is not possible here
	 */
	measure(duration: Micros): Promise<readonly Sample[]>;
}

/** One value, measured once. */
export interface Sample extends Quantity {
	readonly value: number;
	/** How the value came about: parts of a whole, by name. */
	readonly shares?: Readonly<Record<string, number>>;
}

/** What a value is of. */
export interface Quantity {
	/** As in `sent`. */
	readonly name: string;
	readonly unit: Unit;
	readonly better: 'more' | 'less';
	/** Differences up to this, in the unit, mean nothing. */
	readonly grain?: number;
	/** What is to be reached, in the unit. */
	readonly goal?: number;
}

export type Unit = '/s' | 's' | 'ms' | 'µs' | '%' | 'MB' | 'packets/port' | 'packets' | 'ports';
