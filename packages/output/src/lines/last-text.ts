import {formatAddress, type Address} from '@halfopen/model';
import {lastOf} from '../text/last-of.ts';

/** The text of an address; the ports of a host follow one another, so the last is kept. */
export const lastText = (): ((address: Address) => string) => lastOf(formatAddress);
