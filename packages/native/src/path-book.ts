import {
	ScanError,
	ipv4,
	type Address,
	type AddressKey,
	type Clock,
	type Path,
	type PathRange,
} from '@halfopen/model';
import {DeadPath, LinkPath, leadsToTarget, sharingKey, type Way} from './link-path.ts';
import {toScanError} from './native-failure.ts';
import type {NativeAddon, NativeTransportHandle} from './native.ts';
import {PathMaker} from './path-maker.ts';
import type {PathSlots} from './path-slots.ts';
import type {Paths} from './paths.ts';
import {RouteFollower} from './route-follower.ts';
import {RouteMap, type AddressRange} from './route-map.ts';
import type {FoundRoute, RouteFinder} from './routes.ts';
import {methodFor, sendMethodFor, type SendChoice} from './send-method.ts';

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
 * its way until its last user gives it back, or the kernel's routes change.
 */
export class PathBook implements Paths {
	readonly #context: PathBookContext;
	readonly #maker: PathMaker;
	readonly #follower: RouteFollower;
	readonly #byKey = new Map<string, LinkPath>();
	/** Those that are used. Routes that change may leave several with one key. */
	readonly #used = new Set<LinkPath>();
	/** Answers to `covering` by the first address of their range. */
	readonly #ranges = new Map<number, PathRange | 'each its own'>();
	#routeMap: RouteMap | undefined;

	constructor(context: PathBookContext) {
		this.#context = context;
		this.#maker = new PathMaker(context);
		this.#follower = new RouteFollower(context, this.#maker);
	}

	/** Never throws for what is wrong with one target: its path is `unreachable` and says why. */
	open(target: Address, mac?: string): Path {
		return this.#unlessImpossible(target, () => this.#share(target, this.#wayTo(target), mac));
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
			const found = this.#context.routes.findLink(target);
			return isLink(found) ? this.#share(target, {found, method: 'link'}) : undefined;
		} catch (error) {
			if (toScanError(error) instanceof ScanError) {
				return undefined; // `open` says why
			}

			throw error;
		}
	}

	/** That of a link is kept: it is for whoever asks next. */
	release(path: Path): void {
		if (!(path instanceof LinkPath) || path.way.method === 'link' || --path.users > 0) {
			return;
		}

		this.#used.delete(path);
		this.#unlist(path);
		this.#maker.unmake(path);
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

	followRoutes(): readonly string[] {
		this.#routeMap = undefined;
		this.#ranges.clear();
		const before = [...this.#used];
		const lines = this.#follower.follow(before);
		for (const path of before) {
			this.#relist(path);
		}

		return lines;
	}

	followRouters(): readonly string[] {
		return this.#follower.followRouters(this.#used);
	}

	close(): void {
		this.#maker.close();
	}

	/** The path of a range is kept until the end. Nobody is looked for where each has its own. */
	#cover(key: number, {first, last}: AddressRange): PathRange | 'each its own' {
		const target = ipv4(key);
		const path = this.#unlessImpossible(target, () => {
			const way = this.#wayTo(target);
			return leadsToTarget(way) || isSourceOf(way, key) ? undefined : this.#share(target, way);
		});
		return path === undefined ? 'each its own' : {path, first, last};
	}

	/** @throws ScanError */
	#wayTo(target: Address): Way {
		const found = this.#context.routes.find(target);
		return {found, method: methodFor(target, found, this.#context.send)};
	}

	/** What is wrong with one target is said by a path to nowhere. */
	#unlessImpossible<Found>(target: Address, find: () => Found): Found | DeadPath {
		try {
			return find();
		} catch (error) {
			const known = toScanError(error);
			if (known instanceof ScanError) {
				return new DeadPath(target, known.message);
			}

			throw known;
		}
	}

	/** The path that leads this way, which is made when there is none. */
	#share(target: Address, way: Way, mac?: string): Path {
		const key = sharingKey(target, way);
		const shared = this.#byKey.get(key);
		if (shared !== undefined) {
			shared.addUser(target);
			if (shared.status === 'resolving' && mac !== undefined) {
				this.#maker.make(shared, mac);
			}

			return shared;
		}

		this.#maker.captureOn(way);
		const path = new LinkPath(key, target, way);
		this.#byKey.set(key, path);
		this.#used.add(path);
		this.#maker.make(path, mac);
		return path;
	}

	#unlist(path: LinkPath): void {
		if (this.#byKey.get(path.key) === path) {
			this.#byKey.delete(path.key);
		}
	}

	/** A path that leads another way is shared by those who go that way; one that leads nowhere by nobody. */
	#relist(path: LinkPath): void {
		const key = sharingKey(path.target, path.way);
		if (key !== path.key || path.isLost) {
			this.#unlist(path);
			path.key = key;
		}

		if (!path.isLost && !this.#byKey.has(key)) {
			this.#byKey.set(key, path);
		}
	}
}

const isLink = (found: FoundRoute): boolean =>
	found.route.gateway === undefined &&
	found.through.mac !== undefined &&
	sendMethodFor(found, 'packet') === 'packet';

/** Where no source is set for an address of our own, each such address is its own source. */
const isSourceOf = ({found: {route}}: Way, key: number): boolean => route.local && route.source.value === key;
