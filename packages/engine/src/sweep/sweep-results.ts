import type {AddressKey, Verdict} from '@halfopen/model';

/** What a sweep keeps of the states it found, by number in the scan space. */
export interface SweepResults {
	/** What was found; `undefined` when nothing was heard, or nothing is kept of it any more. */
	verdictAt(number: number): Verdict | undefined;
	/** Keeps a verdict. False when there is no room for what is unusual about it: it then counts as silence. */
	set(number: number, verdict: Verdict, ttl: number, sender: AddressKey | undefined): boolean;
	/** The address cannot be asked. */
	setUnreachable(number: number): void;
}
