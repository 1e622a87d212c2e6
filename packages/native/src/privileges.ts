import {ScanError} from '@halfopen/model';
import {loadAddon} from './load-addon.ts';
import {withRemedy} from './native-failure.ts';

/**
 * Why raw packets cannot be sent or captured here, or `undefined` when they can. Tries it: opens the sockets and
 * libpcap, and closes them again. Names the missing capability and how to grant it.
 */
export const rawPacketProblem = (): ScanError | undefined => {
	try {
		withRemedy(() => loadAddon().throwRawPacketProblem());
		return undefined;
	} catch (error) {
		if (error instanceof ScanError) {
			return error;
		}

		throw error;
	}
};
