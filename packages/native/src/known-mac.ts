import type {Address} from '@halfopen/model';
import {loadAddon} from './load-addon.ts';
import {withRemedy} from './native-failure.ts';
import type {NativeNeighbour} from './native.ts';

/** Whether the kernel knows the link-layer address of a host on a link, by ARP or neighbour discovery. Asks nobody. */
export const isNeighbourKnown = (interfaceIndex: number, address: Address): boolean =>
	knownMac(withRemedy(() => loadAddon().findNeighbour(interfaceIndex, address.value))) !== undefined;

/** The link-layer address of a neighbour, as far as the kernel stands by it. */
export const knownMac = (neighbour: NativeNeighbour | undefined): Uint8Array | undefined =>
	neighbour !== undefined && (neighbour.state & NUD_VALID) !== 0 ? neighbour.mac : undefined;

// <linux/neighbour.h>
const NUD_VALID = 0x02 | 0x04 | 0x08 | 0x10 | 0x40 | 0x80; // Reachable, stale, delay, probe, no ARP, permanent
