import type {Address, Path} from '@halfopen/model';
import type {FoundRoute} from './routes.ts';
import type {SendMethod} from './send-method.ts';

/** The number that names no path: probes along it are refused. */
export const NO_PATH = 0xff_ff_ff_ff;

/** How a path leads where it leads. */
export interface Way {
	readonly found: FoundRoute;
	/** `link` leads to all who are on the link. */
	readonly method: SendMethod | 'link';
}

/** Targets remembered of a path that many share. */
const MOST_OTHERS = 1024;

/** A path to one address, through a router to many, or to all on a link: as many as share it. */
export class LinkPath implements Path {
	/** Names the way for the senders; changes with it. */
	id: number = NO_PATH;
	status: Path['status'] = 'resolving';
	mac?: string;
	problem?: string;
	/** Targets that use it. */
	users = 1;
	/** Under which it is shared. */
	key: string;
	/** One that asked, at first the last: the path follows its route. */
	target: Address;
	/** Others that asked, so many of the last: their routes may come to differ. */
	readonly #others: Address[] = [];
	#turn = 0;
	way: Way;
	/** Link-layer address of the next hop, when frames are addressed to one. */
	nextHopMac?: string;
	/** It was ready, and its route has gone. */
	isLost = false;

	constructor(key: string, target: Address, way: Way) {
		this.key = key;
		this.target = target;
		this.way = way;
	}

	/** One more target uses it. */
	addUser(target: Address): void {
		this.users++;
		this.followRouteOf(target);
	}

	/** Its route is that of this target from now on. */
	followRouteOf(target: Address): void {
		if (target !== this.target) {
			this.#others[this.#turn++ % MOST_OTHERS] = this.target;
			this.target = target;
		}
	}

	get others(): readonly Address[] {
		return this.#others;
	}

	get device(): string {
		return this.way.found.through.name;
	}

	get source(): Address {
		return this.way.found.route.source;
	}

	get local(): boolean {
		return this.way.found.route.local;
	}

	/** It leads to one address only, since that has a link-layer address of its own. */
	get isToTarget(): boolean {
		return leadsToTarget(this.way);
	}
}

/** Targets with the same key have the same way out. */
export const sharingKey = (target: Address, way: Way): string => {
	const {route} = way.found;
	const nextHop = {ip: 'any', link: 'all', packet: undefined, 'ip-to-neighbour': undefined}[way.method];
	return [
		route.index,
		route.source.value,
		route.local,
		nextHop ?? (route.gateway ?? target).value,
		leadsToTarget(way),
		target.family,
	].join('/');
};

/** Such a way leads to one address only, since that has a link-layer address of its own. */
export const leadsToTarget = ({found, method}: Way): boolean =>
	(method === 'packet' || method === 'ip-to-neighbour') && found.route.gateway === undefined;

/** A path to an address that cannot be reached. No probe can leave on it. */
export class DeadPath implements Path {
	readonly id: number = NO_PATH;
	readonly status = 'unreachable';
	readonly device = '';
	readonly source: Address;
	readonly local = false;
	readonly problem: string;

	constructor(target: Address, problem: string) {
		this.source = target.family === 4 ? {family: 4, value: 0} : {family: 6, value: 0n};
		this.problem = problem;
	}
}
