import type {ScanErrorCode} from '@halfopen/model';
import type {CaseSettings, Sample} from '../measurement.ts';

/** What the worker is told, as one JSON text on its standard input. */
export interface Job extends CaseSettings {
	readonly measurement: string;
	/** Label of the case. */
	readonly label: string;
}

/** What the worker says at its end, as one JSON text on its standard output. */
export type Outcome =
	| {readonly rounds: readonly (readonly Sample[])[]}
	| {readonly problem: {readonly code: ScanErrorCode; readonly message: string}};
