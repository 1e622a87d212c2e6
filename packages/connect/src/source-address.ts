import {networkInterfaces} from 'node:os';
import {
	ScanError,
	ipv4,
	ipv6,
	isLinkLocal,
	parseAddress,
	type Address,
	type AddressFamily,
} from '@halfopen/model';

/** Where connections come from: an address of the device, or whatever the kernel takes. */
export class SourceAddresses {
	readonly device: string;
	readonly #addresses: readonly Address[];

	/** Throws a `ScanError` when there is no such device, or it has no address. */
	constructor(device?: string) {
		this.device = device ?? '';
		this.#addresses = device === undefined ? [] : addressesOf(device);
	}

	/** The address for connections to a target; `undefined` when the kernel takes one. */
	of(target: Address): Address | undefined {
		return this.#addresses.find(
			address => address.family === target.family && isLinkLocal(address) === isLinkLocal(target),
		);
	}
}

/** Stands for a source that is not known. */
export const UNSPECIFIED: Readonly<Record<AddressFamily, Address>> = {4: ipv4(0), 6: ipv6(0n)};

const addressesOf = (device: string): Address[] => {
	const addresses = (networkInterfaces()[device] ?? [])
		.flatMap(({address}) => parseAddress(address) ?? [])
		.map(address => (isLinkLocal(address) ? ipv6(address.value, device) : address));
	if (addresses.length === 0) {
		throw new ScanError(
			'ERR_HALFOPEN_INTERFACE',
			`Expected an interface with an address, got \`${device}\``,
			{
				option: 'device',
			},
		);
	}

	return addresses;
};
