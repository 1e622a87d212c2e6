import {formatAddress, type HostReport} from '@halfopen/model';
import {escapeName} from '../text/escape-text.ts';

/** `NAME (ADDRESS)`, or the address alone. The name it was asked for by goes before the one found. */
export const formatHost = ({address, name, reverseName}: HostReport): string => {
	const shown = name ?? reverseName;
	return shown === undefined ? formatAddress(address) : `${escapeName(shown)} (${formatAddress(address)})`;
};
