import {
	ScanError,
	formatAddress,
	ipv4,
	type Address,
	type AddressKey,
	type Clock,
	type Path,
	type PathRange,
} from '@halfopen/model';
import {DeadPath, LinkPath, leadsToTarget} from './link-path.ts';
import {formatMac, parseMac} from './mac.ts';
import {NeighbourSearch, type NeighbourAnswer, type WantedNeighbour} from './neighbour-search.ts';
import {toScanError} from './native-failure.ts';
import type {NativeAddon, NativeTransportHandle} from './native.ts';
import type {PathSlots} from './path-slots.ts';
import type {Paths} from './paths.ts';
import {RouteMap, type AddressRange} from './route-map.ts';
import type {FoundRoute, RouteFinder} from './routes.ts';
import {sendMethodFor, type SendChoice, type SendMethod} from './send-method.ts';

/** What a path book works with. */
export interface PathBookContext {
	readonly addon: NativeAddon;
	readonly handle: NativeTransportHandle;
	readonly slots: PathSlots;
	readonly routes: RouteFinder;
	readonly clock: Clock;
	readonly send: SendChoice;
	/** Called when the status of a path changes by itself. */
	onChange(): void;
}

/**
 * The paths of a transport. Targets behind one router share a path, each target on the link has its own. A path keeps
 * its number until its last user gives it back.
 */
export class PathBook implements Paths {
	readonly #context: PathBookContext;
	readonly #neighbours: NeighbourSearch;
	readonly #paths = new Map<string, LinkPath>();
	readonly #searches = new Map<LinkPath, WantedNeighbour>();
	readonly #captured = new Set<string>();
	/** Answers to `covering` by the first address of their range. */
	readonly #ranges = new Map<number, PathRange | 'each its own'>();
	#routeMap: RouteMap | undefined;

	constructor(context: PathBookContext) {
		this.#context = context;
		this.#neighbours = new NeighbourSearch(context.addon, context.clock);
	}

	/** Never throws for what is wrong with one target: its path is `unreachable` and says why. */
	open(target: Address, mac?: string): Path {
		try {
			return this.#open(target, this.#context.routes.find(target), mac);
		} catch (error) {
			const known = toScanError(error);
			if (known instanceof ScanError) {
				return new DeadPath(target, known.message);
			}

			throw known;
		}
	}

	/**
	 * The way to all on the link of an address, or of a multicast group with a zone. None where frames cannot be sent, or
	 * are not wanted, and where a router comes first.
	 */
	link(target: Address): Path | undefined {
		if (this.#context.send === 'ip') {
			return undefined;
		}

		try {
			return this.#openLink(target, this.#context.routes.findLink(target));
		} catch (error) {
			if (toScanError(error) instanceof ScanError) {
				return undefined; // `open` says why
			}

			throw error;
		}
	}

	release(path: Path): void {
		if (!(path instanceof LinkPath) || --path.users > 0) {
			return;
		}

		const search = this.#searches.get(path);
		if (search !== undefined) {
			this.#neighbours.end(search);
			this.#searches.delete(path);
		}

		this.#paths.delete(path.key);
		this.#context.slots.giveBack(path.id);
	}

	/**
	 * IPv4 only: with IPv6 our address on the way depends on the target (RFC 6724), so no range is certain to share it.
	 */
	covering(key: AddressKey): PathRange | undefined {
		if (typeof key === 'bigint') {
			return undefined;
		}

		this.#routeMap ??= new RouteMap(this.#context.addon);
		const around = this.#routeMap.around(key);
		if (around === undefined) {
			return undefined;
		}

		let range = this.#ranges.get(around.first);
		if (range === undefined) {
			range = this.#cover(key, around);
			this.#ranges.set(around.first, range);
		}

		return range === 'each its own' || range.path.status === 'resolving' ? undefined : range;
	}

	close(): void {
		this.#neighbours.close();
	}

	/** The path of a range is kept until the end. */
	#cover(key: number, {first, last}: AddressRange): PathRange | 'each its own' {
		const path = this.open(ipv4(key));
		if (path instanceof LinkPath && (path.isToTarget || isSourceOf(path, key))) {
			this.release(path);
			return 'each its own';
		}

		return {path, first, last};
	}

	#openLink(target: Address, found: FoundRoute): Path | undefined {
		const {route, through} = found;
		if (
			route.gateway !== undefined ||
			through.mac === undefined ||
			sendMethodFor(found, 'packet') !== 'packet'
		) {
			return undefined;
		}

		const key = ['link', route.index, route.source.value, target.family].join('/');
		const shared = this.#paths.get(key);
		if (shared !== undefined) {
			return shared;
		}

		this.#captureOn(through.name);
		const path = new LinkPath(this.#context.slots.take(), key, found, 'packet');
		this.#context.handle.setPath(path.id, {
			source: route.source.value,
			interfaceIndex: route.index,
			sourceMac: parseMac(through.mac),
		});
		path.status = 'ready';
		path.users = Infinity; // It is never given back
		this.#paths.set(key, path);
		return path;
	}

	#open(target: Address, found: FoundRoute, mac: string | undefined): Path {
		const method = sendMethodFor(found, this.#context.send);
		if (method === undefined) {
			return new DeadPath(
				target,
				`Cannot reach ${formatAddress(target)}: ${found.through.name} takes no Ethernet frames; send with \`ip\``,
			);
		}

		const key = sharingKey(target, found, method);
		const shared = this.#paths.get(key);
		if (shared !== undefined) {
			shared.users++;
			return shared;
		}

		this.#captureOn(found.through.name);
		const path = new LinkPath(this.#context.slots.take(), key, found, method);
		this.#paths.set(key, path);
		if (method === 'ip') {
			this.#makeReady(path, found);
		} else if (mac !== undefined && method === 'packet' && path.isToTarget) {
			this.#settle(path, found, method, {what: 'found', mac: parseMac(mac)});
		} else {
			this.#findNeighbour(path, target, found, method);
		}

		return path;
	}

	/** Before the first probe leaves there. */
	#captureOn(device: string): void {
		if (!this.#captured.has(device)) {
			this.#context.handle.capture(device);
			this.#captured.add(device);
		}
	}

	#findNeighbour(path: LinkPath, target: Address, found: FoundRoute, method: SendMethod): void {
		const settle = (answer: NeighbourAnswer): void => {
			this.#searches.delete(path);
			this.#settle(path, found, method, answer);
		};
		const wanted: WantedNeighbour = {
			index: found.route.index,
			device: found.through.name,
			address: found.route.gateway ?? target,
			onAnswer: answer => {
				settle(answer);
				this.#context.onChange();
			},
		};
		const answer = this.#neighbours.begin(wanted);
		if (answer === undefined) {
			this.#searches.set(path, wanted);
		} else {
			settle(answer);
		}
	}

	#settle(path: LinkPath, found: FoundRoute, method: SendMethod, answer: NeighbourAnswer): void {
		switch (answer.what) {
			case 'found': {
				if (found.route.gateway === undefined) {
					path.mac = formatMac(answer.mac);
				}

				this.#makeReady(path, found, method === 'packet' ? answer.mac : undefined);
				break;
			}

			case 'not-found': {
				path.problem = answer.problem;
				path.status = 'unreachable';
				break;
			}

			case 'not-permitted': {
				if (this.#context.send === 'packet') {
					path.problem = `the link-layer address of the next hop on ${path.device} is not known, and finding it needs CAP_NET_ADMIN`;
					path.status = 'unreachable';
				} else {
					this.#makeReady(path, found); // The kernel then finds it for the first packet
				}
			}
		}
	}

	#makeReady(path: LinkPath, {route, through}: FoundRoute, destinationMac?: Uint8Array): void {
		this.#context.handle.setPath(path.id, {
			source: route.source.value,
			interfaceIndex: route.index,
			...(destinationMac !== undefined &&
				through.mac !== undefined && {destinationMac, sourceMac: parseMac(through.mac)}),
		});
		path.status = 'ready';
	}
}

/** Where no source is set for an address of our own, each such address is its own source. */
const isSourceOf = ({local, source}: LinkPath, key: number): boolean => local && source.value === key;

/** Targets with the same key have the same way out. */
const sharingKey = (target: Address, {route}: FoundRoute, method: SendMethod): string => {
	const nextHop = method === 'ip' ? 'any' : (route.gateway ?? target).value;
	const isTarget = leadsToTarget(route, method);
	return [route.index, route.source.value, route.local, nextHop, isTarget, target.family].join('/');
};
