import {getSystemErrorName} from 'node:util';
import {type Address, formatAddress} from '@halfopen/model';
import type {ScanState} from './scan-state.ts';

/** Tells the user of an error of a send, the first time that it happens. */
export const tellSendError = (scan: ScanState, address: Address, errno: number): void => {
	if (!scan.errnosTold.has(errno)) {
		scan.errnosTold.add(errno);
		const message = `Cannot send to ${formatAddress(address)}: ${getSystemErrorName(-errno)}`;
		scan.events.add({type: 'warning', message});
	}
};
