import {ScanError, addressOf, type Address} from '@halfopen/model';
import {loadAddon} from './load-addon.ts';
import {formatMac} from './mac.ts';
import {withRemedy} from './native-failure.ts';
import type {NativeInterface} from './native.ts';

/** An interface of this machine. */
export interface NetworkInterface {
	/** As in `eth0`. */
	readonly name: string;
	readonly index: number;
	/** `ethernet` has link-layer addresses; `point-to-point` has one other end, and needs none. */
	readonly type: 'ethernet' | 'loopback' | 'point-to-point' | 'other';
	readonly up: boolean;
	/** The other end is there: a cable, a radio, a peer that is up. Without it nothing can be sent. */
	readonly hasCarrier: boolean;
	readonly mtu: number;
	/** Six pairs of lower-case hexadecimal digits. */
	readonly mac?: string;
	readonly addresses: readonly {readonly address: Address; readonly prefixLength: number}[];
}

/** The interfaces of this machine, in the kernel's order. */
export const listInterfaces = (): readonly NetworkInterface[] =>
	withRemedy(() => loadAddon().listInterfaces()).map(raw => describeInterface(raw));

/** The interface with this name. Throws a `ScanError` that lists those there are. */
export const interfaceNamed = (name: string): NetworkInterface => {
	const all = listInterfaces();
	const found = all.find(one => one.name === name);
	if (found === undefined) {
		const names = all.map(one => one.name).join(', ');
		throw new ScanError(
			'ERR_HALFOPEN_INTERFACE',
			`Expected the name of a network interface (${names}), got \`${name}\``,
			{option: 'device'},
		);
	}

	return found;
};

/** Interfaces by index; asks the kernel again when one is not known yet. */
export class InterfaceTable {
	#byIndex = new Map<number, NetworkInterface>();

	/** `undefined` for an interface that has gone. */
	find(index: number): NetworkInterface | undefined {
		if (!this.#byIndex.has(index)) {
			this.#byIndex = new Map(listInterfaces().map(one => [one.index, one]));
		}

		return this.#byIndex.get(index);
	}

	forget(): void {
		this.#byIndex.clear();
	}
}

// <net/if_arp.h>
const ARPHRD_ETHER = 1;
const ARPHRD_LOOPBACK = 772;

// <net/if.h>
const IFF_UP = 0x1;
const IFF_POINTOPOINT = 0x10;
const IFF_NOARP = 0x80;
const IFF_LOWER_UP = 0x1_00_00;

const describeInterface = (raw: NativeInterface): NetworkInterface => ({
	name: raw.name,
	index: raw.index,
	type: typeOf(raw),
	up: (raw.flags & IFF_UP) !== 0,
	hasCarrier: (raw.flags & IFF_LOWER_UP) !== 0,
	mtu: raw.mtu,
	...(raw.mac !== undefined && {mac: formatMac(raw.mac)}),
	addresses: raw.addresses.map(({address, prefixLength}) => ({address: addressOf(address), prefixLength})),
});

const typeOf = ({hardwareType, flags, mac}: NativeInterface): NetworkInterface['type'] => {
	if (hardwareType === ARPHRD_LOOPBACK) {
		return 'loopback';
	}

	if (hardwareType === ARPHRD_ETHER && mac !== undefined && (flags & IFF_NOARP) === 0) {
		return 'ethernet';
	}

	return (flags & IFF_POINTOPOINT) === 0 ? 'other' : 'point-to-point';
};
