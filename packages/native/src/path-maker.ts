import type {Address} from '@halfopen/model';
import {NO_PATH, type LinkPath, type Way} from './link-path.ts';
import {formatMac, parseMac} from './mac.ts';
import {NeighbourSearch, type NeighbourAnswer, type WantedNeighbour} from './neighbour-search.ts';
import type {NativePath} from './native.ts';
import type {PathBookContext} from './path-book.ts';

/** Makes paths lead somewhere: captures there, finds the next hop, and tells the senders. */
export class PathMaker {
	readonly #context: PathBookContext;
	readonly #neighbours: NeighbourSearch;
	readonly #searches = new Map<LinkPath, WantedNeighbour>();
	readonly #captured = new Set<string>();
	/** Paths that the senders know by their numbers. */
	readonly #made = new WeakSet<LinkPath>();

	constructor(context: PathBookContext) {
		this.#context = context;
		this.#neighbours = new NeighbourSearch(context.addon, context.clock);
	}

	/** Captures on an interface, before the first probe leaves there. */
	captureOn({found: {through}}: Way): void {
		if (!this.#captured.has(through.name)) {
			this.#context.handle.capture(through.name);
			this.#captured.add(through.name);
		}
	}

	/**
	 * Leads a path the way that it names. It is ready at once, or when the link-layer address of the next hop is found; of
	 * a target on the link that may be known already. A path that leads elsewhere keeps to that until then.
	 */
	make(path: LinkPath, knownMac?: string): void {
		const {found, method} = path.way;
		this.#endSearch(path);
		if (method === 'link') {
			this.#set(path, {sourceMac: parseMac(found.through.mac!)});
		} else if (method === 'ip') {
			this.#set(path, {});
		} else if (knownMac !== undefined && method === 'packet' && path.isToTarget) {
			this.leadTo(path, parseMac(knownMac));
		} else {
			this.#findNeighbour(path, found.route.gateway ?? path.target);
		}
	}

	/** Leads a path to the next hop with this link-layer address. */
	leadTo(path: LinkPath, mac: Uint8Array): void {
		const {found, method} = path.way;
		if (path.isToTarget) {
			path.mac = formatMac(mac);
		}

		path.nextHopMac = formatMac(mac);
		const frames = method === 'packet' && found.through.mac !== undefined;
		this.#set(path, frames ? {destinationMac: mac, sourceMac: parseMac(found.through.mac)} : {});
	}

	/** The path leads nowhere from now on: its number names nothing, and probes along it are refused (EHOSTUNREACH). */
	unmake(path: LinkPath): void {
		this.#endSearch(path);
		if (this.#made.delete(path)) {
			this.#context.slots.giveBack(path.id);
		}

		path.id = NO_PATH;
	}

	close(): void {
		this.#neighbours.close();
	}

	#endSearch(path: LinkPath): void {
		const search = this.#searches.get(path);
		if (search !== undefined) {
			this.#neighbours.end(search);
			this.#searches.delete(path);
		}
	}

	#findNeighbour(path: LinkPath, address: Address): void {
		const {route, through} = path.way.found;
		const wanted: WantedNeighbour = {
			index: route.index,
			device: through.name,
			address,
			onAnswer: answer => {
				this.#searches.delete(path);
				this.#settle(path, answer);
				this.#context.onChange();
			},
		};
		const answer = this.#neighbours.begin(wanted);
		if (answer === undefined) {
			this.#searches.set(path, wanted);
		} else {
			this.#settle(path, answer);
		}
	}

	#settle(path: LinkPath, answer: NeighbourAnswer): void {
		switch (answer.what) {
			case 'found': {
				this.leadTo(path, answer.mac);
				break;
			}

			case 'not-found': {
				this.unmake(path); // It may have led elsewhere before
				path.problem = answer.problem;
				path.status = 'unreachable';
				break;
			}

			case 'not-permitted': {
				if (this.#context.send === 'packet') {
					path.problem = `the link-layer address of the next hop on ${path.device} is not known, and finding it needs CAP_NET_ADMIN`;
					path.status = 'unreachable';
				} else {
					this.#set(path, {}); // The kernel then finds it for the first packet
				}
			}
		}
	}

	/**
	 * The senders may be reading what they know of a path for records that were written before, so another way gets
	 * another number.
	 */
	#set(path: LinkPath, macs: Pick<NativePath, 'sourceMac' | 'destinationMac'>): void {
		const {slots, handle} = this.#context;
		if (this.#made.has(path)) {
			slots.giveBack(path.id);
		}

		path.id = slots.take();
		const {route} = path.way.found;
		handle.setPath(path.id, {source: route.source.value, interfaceIndex: route.index, ...macs});
		this.#made.add(path);
		path.status = 'ready';
		delete path.problem;
	}
}
