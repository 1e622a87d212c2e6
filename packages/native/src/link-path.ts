import type {Address, Path} from '@halfopen/model';
import type {FoundRoute} from './routes.ts';
import type {SendMethod} from './send-method.ts';

/** A path to one address or, through a router, to many: as many as share it. */
export class LinkPath implements Path {
	readonly id: number;
	readonly device: string;
	readonly source: Address;
	readonly local: boolean;
	status: Path['status'] = 'resolving';
	mac?: string;
	problem?: string;
	/** Targets that use it. */
	users = 1;
	/** Under which it is shared. */
	readonly key: string;
	/** It leads to one address only, since that has a link-layer address of its own. */
	readonly isToTarget: boolean;

	constructor(id: number, key: string, {route, through}: FoundRoute, method: SendMethod) {
		this.id = id;
		this.key = key;
		this.device = through.name;
		this.source = route.source;
		this.local = route.local;
		this.isToTarget = leadsToTarget(route, method);
	}
}

export const leadsToTarget = ({gateway}: FoundRoute['route'], method: SendMethod): boolean =>
	method !== 'ip' && gateway === undefined;

/** A path to an address that cannot be reached. No probe can leave on it. */
export class DeadPath implements Path {
	readonly id = 0xff_ff_ff_ff;
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
