import {ScanError, formatAddress, type Address, type AddressKey} from '@halfopen/model';
import {knownMac} from './known-mac.ts';
import {sharingKey, type LinkPath, type Way} from './link-path.ts';
import {formatMac} from './mac.ts';
import {toScanError} from './native-failure.ts';
import type {PathBookContext} from './path-book.ts';
import type {PathMaker} from './path-maker.ts';
import type {FoundRoute} from './routes.ts';
import {methodFor} from './send-method.ts';

/**
 * Leads paths where the kernel's routes lead now. What was sent from an address that we have no more finds no way back:
 * such tries count as lost, for the cookie of a probe is made of our address too.
 */
export class RouteFollower {
	readonly #context: PathBookContext;
	readonly #maker: PathMaker;
	/** Targets that share a path and whose route leads elsewhere, as was told. */
	readonly #departed = new Set<AddressKey>();

	constructor(context: PathBookContext, maker: PathMaker) {
		this.#context = context;
		this.#maker = maker;
	}

	/** Asks for the route of each path again. Gives a line for each change. */
	follow(paths: Iterable<LinkPath>): readonly string[] {
		this.#context.routes.forgetInterfaces();
		const changes = new Map<string, Address[]>();
		const note = (change: string | undefined, target: Address): void => {
			if (change !== undefined) {
				changes.set(change, [...(changes.get(change) ?? []), target]);
			}
		};
		for (const path of paths) {
			path.followRouteOf(this.#likeMost(path));
			note(this.#followOne(path), path.target);
			for (const target of path.others) {
				note(this.#departureOf(path, target), target);
			}
		}

		return [...changes].map(([change, targets]) => `${wayTo(targets)} ${change}`);
	}

	/** Of the targets that share a path, one whose route is that of most: few should not lead the others astray. */
	#likeMost(path: LinkPath): Address {
		if (path.others.length === 0) {
			return path.target;
		}

		const counts = new Map<string | undefined, number>();
		let most = {target: path.target, count: 0};
		for (const target of [path.target, ...path.others]) {
			const found = this.#routeTo(target);
			const key = found && sharingKey(target, {found, method: path.way.method});
			const count = (counts.get(key) ?? 0) + 1;
			counts.set(key, count);
			most = count > most.count ? {target, count} : most;
		}

		return most.target;
	}

	/** What is to be known of a target that shares a path and whose route leads elsewhere now; `undefined` for nothing. */
	#departureOf(path: LinkPath, target: Address): string | undefined {
		const found = path.isLost ? undefined : this.#routeTo(target);
		if (
			found === undefined ||
			sharingKey(target, {found, method: path.way.method}) === sharingKey(path.target, path.way)
		) {
			this.#departed.delete(target.value);
			return undefined;
		}

		if (this.#departed.has(target.value)) {
			return undefined;
		}

		this.#departed.add(target.value);
		return `has changed: ${describe({found})} now, but what is sent to those that were found already goes ${describe(path.way)}`;
	}

	/** None when there is none: the router says so too. */
	#routeTo(target: Address): FoundRoute | undefined {
		try {
			return this.#context.routes.find(target);
		} catch {
			return undefined;
		}
	}

	/** Asks for the link-layer addresses of routers again, as the kernel knows them. */
	followRouters(paths: Iterable<LinkPath>): readonly string[] {
		const lines = new Set<string>();
		for (const path of paths) {
			const {route, through} = path.way.found;
			if (path.status === 'ready' && path.way.method === 'packet' && route.gateway !== undefined) {
				const mac = knownMac(this.#context.addon.findNeighbour(route.index, route.gateway.value));
				if (mac !== undefined && path.nextHopMac !== undefined && formatMac(mac) !== path.nextHopMac) {
					lines.add(
						`The router ${formatAddress(route.gateway)} on ${through.name} has the link-layer address ${formatMac(mac)} now, until now ${path.nextHopMac}`,
					);
					this.#maker.leadTo(path, mac);
				}
			}
		}

		return [...lines];
	}

	/** What became of the way, for the user; `undefined` when it is what it was. */
	#followOne(path: LinkPath): string | undefined {
		try {
			const way = this.#wayOf(path);
			return isSameWay(path, way) ? undefined : this.#lead(path, way);
		} catch (error) {
			const known = toScanError(error);
			if (known instanceof ScanError) {
				return this.#lose(path, known.message);
			}

			throw known;
		}
	}

	#wayOf({target, way}: LinkPath): Way {
		const {routes, send} = this.#context;
		if (way.method === 'link') {
			return {found: routes.findLink(target), method: 'link'};
		}

		const found = routes.find(target);
		return {found, method: methodFor(target, found, send)};
	}

	#lead(path: LinkPath, way: Way): string {
		const before = describe(path.way);
		this.#maker.captureOn(way);
		path.way = way;
		path.isLost = false;
		this.#maker.make(path);
		return `has changed: ${describe(way)} now, until now ${before}`;
	}

	#lose(path: LinkPath, problem: string): string | undefined {
		if (path.isLost) {
			return undefined;
		}

		this.#maker.unmake(path);
		path.isLost = true;
		path.status = 'unreachable';
		path.problem = problem;
		return `is lost: ${problem.slice(problem.indexOf(': ') + 2)}`;
	}
}

/** A path that never led anywhere, since its next hop did not answer, is left alone as long as its route is the same. */
const isSameWay = (path: LinkPath, way: Way): boolean =>
	!path.isLost &&
	sharingKey(path.target, way) === path.key &&
	way.found.through.mac === path.way.found.through.mac;

const describe = ({found: {route, through}}: Pick<Way, 'found'>): string => {
	const router = route.gateway === undefined ? '' : ` by ${formatAddress(route.gateway)}`;
	return `through ${through.name}${router} from ${formatAddress(route.source)}`;
};

const wayTo = ([first, ...more]: readonly Address[]): string =>
	`The way to ${formatAddress(first)}${more.length === 0 ? '' : ` and to ${more.length} more`}`;
