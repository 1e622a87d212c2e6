import {ScanError, addressOf, formatAddress, isIpv4Mapped, isLinkLocal, type Address} from '@halfopen/model';
import {InterfaceTable, interfaceNamed, type NetworkInterface} from './interfaces.ts';
import {loadAddon} from './load-addon.ts';
import {describe, isNativeFailure} from './native-failure.ts';
import type {NativeRoute} from './native.ts';

/** How the kernel reaches an address. */
export interface Route {
	/** As in `eth0`. */
	readonly device: string;
	readonly index: number;
	/** Our address on the way. */
	readonly source: Address;
	/** The router to hand packets to; absent when the target is on the link or is ourselves. */
	readonly gateway?: Address;
	/** The target is one of our own addresses. */
	readonly local: boolean;
}

/**
 * The kernel's route to an address, through `device` when one is named.
 * @throws ScanError `ERR_HALFOPEN_INTERFACE` when there is no such device, no route, or no host at the other end
 */
export const findRoute = (address: Address, device?: string): Route => {
	const {route, through} = new RouteFinder(device).find(address);
	return {...route, device: through.name};
};

/** A route, and the interface that it leads through. */
export type FoundRoute = {readonly route: Omit<Route, 'device'>; readonly through: NetworkInterface};

/** Finds the routes of a scan. */
export class RouteFinder {
	readonly #interfaces = new InterfaceTable();
	readonly #index: number;

	constructor(device?: string) {
		this.#index = device === undefined ? 0 : interfaceNamed(device).index;
	}

	/** Interfaces may have changed: they are asked for again. */
	forgetInterfaces(): void {
		this.#interfaces.forget();
	}

	/** Throws as `findRoute` does. */
	find(address: Address): FoundRoute {
		return this.#find(address, REFUSED_TYPES);
	}

	/** The same for what is asked of a link, for which a multicast group of IPv6 with a zone does as well. */
	findLink(address: Address): FoundRoute {
		return this.#find(address, address.family === 6 ? REFUSED_FOR_LINKS : REFUSED_TYPES);
	}

	#find(address: Address, refused: Readonly<Record<number, string>>): FoundRoute {
		if (isIpv4Mapped(address)) {
			throw unreachable(address, 'an IPv4 address in the form of IPv6 is scanned as IPv4');
		}

		const route = ask(address, this.#indexFor(address));
		const through = this.#interfaces.find(route.interfaceIndex);
		if (through === undefined) {
			throw unreachable(address, 'its interface has gone');
		}

		const kind = refused[route.type];
		if (kind !== undefined) {
			throw unreachable(address, kind);
		}

		if (!through.hasCarrier) {
			throw unreachable(address, `nothing is at the other end of ${through.name} (no carrier)`);
		}

		return {
			through,
			route: {
				index: route.interfaceIndex,
				source: addressOf(route.source),
				...(route.gateway !== undefined && {gateway: addressOf(route.gateway)}),
				local: route.type === RTN_LOCAL,
			},
		};
	}

	/** A zone names the interface, by name or by number (RFC 4007 §11.2). */
	#indexFor(address: Address): number {
		const zone = address.family === 6 ? address.zone : undefined;
		if (zone === undefined) {
			if (this.#index === 0 && isLinkLocal(address)) {
				throw unreachable(address, 'a link-local address needs a zone, as in `fe80::1%eth0`');
			}

			return this.#index;
		}

		return /^\d+$/.test(zone) ? Number(zone) : interfaceNamed(zone).index;
	}
}

// <linux/rtnetlink.h>
const RTN_LOCAL = 2;
const REFUSED_FOR_LINKS: Readonly<Record<number, string>> = {3: 'it is a broadcast address'};
const REFUSED_TYPES: Readonly<Record<number, string>> = {
	...REFUSED_FOR_LINKS,
	5: 'it is a multicast address',
};

const ask = (address: Address, interfaceIndex: number): NativeRoute => {
	try {
		return loadAddon().findRoute(address.value, interfaceIndex);
	} catch (error) {
		throw isNativeFailure(error)
			? unreachable(address, REFUSALS[error.code] ?? describe(error), error)
			: error;
	}
};

/** What the kernel says with an errno. */
const REFUSALS: Readonly<Record<string, string>> = {
	EACCES: 'a route prohibits it (EACCES)',
	EADDRNOTAVAIL: 'we have no address to send from (EADDRNOTAVAIL)',
	EHOSTUNREACH: 'a route says so (EHOSTUNREACH)',
	EINVAL: 'a route discards it (EINVAL)',
	ENETUNREACH: 'no route leads there (ENETUNREACH)',
};

const unreachable = (address: Address, why: string, cause?: unknown): ScanError =>
	new ScanError('ERR_HALFOPEN_INTERFACE', `Cannot reach ${formatAddress(address)}: ${why}`, {cause});
