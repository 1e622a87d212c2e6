import {formatAddress} from '@halfopen/model';
import {counted} from '../text/counted.ts';
import type {Story} from './story.ts';

/** `22/tcp (ssh) on 10.77.3.2 is open`. */
export const storyTitle = ({address, port, service, state}: Story): string =>
	`${port}/tcp${service === undefined ? '' : ` (${service})`} on ${formatAddress(address)} is ${state}`;

/** How many other ports went the same way; empty when none did. */
export const likewiseText = ({likewise, state, reason}: Story): string =>
	likewise === 0
		? ''
		: `${counted(likewise, 'more port')} of this host ${likewise === 1 ? 'is' : 'are'} ${state} for the same reason (${reason}).`;

/** Port of the host, as the end of the ladder names it. */
export const targetEnd = ({address, port}: Story): string =>
	address.family === 6 ? `[${formatAddress(address)}]:${port}` : `${formatAddress(address)}:${port}`;
