import type {AddressKey, Verdict} from '@halfopen/model';

/** What a sweep keeps of the states it found, by number in the scan space or by position in its order. */
export interface SweepResults {
	/** The position is about to be asked for the first time; positions ascend. */
	onOpened(position: number): void;
	/** What was found; `undefined` when nothing was heard, or nothing is kept of it any more. */
	verdictAt(number: number, position: number): Verdict | undefined;
	/** Keeps a verdict. False when there is no room for what is unusual about it: it then counts as silence. */
	set(
		number: number,
		position: number,
		verdict: Verdict,
		ttl: number,
		sender: AddressKey | undefined,
	): boolean;
	/** The address cannot be asked. */
	setUnreachable(number: number): void;
}
