import {micros, SECOND, type Address, type Clock, type Path} from '@halfopen/model';
import type {EventQueue} from './event-queue.ts';
import {readAddress} from './read-address.ts';
import type {SimulatedNetwork, SimulatedPath} from './simulated-network.ts';

/** The ways out that are in use, by id. */
export class PathTable {
	readonly #paths = new Map<number, OpenPath>();
	readonly #links = new Map<Address['family'], OpenPath>();
	readonly #sources: Record<Address['family'], Address>;
	readonly #clock: Clock;
	readonly #events: EventQueue;
	readonly #onChange: () => void;
	#lastId = 0;

	/** `onChange` is called when the status of a path changes. */
	constructor({sources}: SimulatedNetwork, clock: Clock, events: EventQueue, onChange: () => void) {
		this.#sources = {
			4: readAddress(sources?.ipv4 ?? '192.0.2.1'), // RFC 5737
			6: readAddress(sources?.ipv6 ?? '2001:db8::1'), // RFC 3849
		};
		this.#clock = clock;
		this.#events = events;
		this.#onChange = onChange;
	}

	open(address: Address, description: SimulatedPath = {}): Path {
		const {resolvingFor = 0} = description;
		const path = new OpenPath(++this.#lastId, this.#sources[address.family], description);
		this.#paths.set(path.id, path);
		if (resolvingFor > 0) {
			this.#events.schedule(micros(this.#clock.now() + resolvingFor), () => {
				path.resolve();
				this.#onChange();
			});
		} else {
			path.resolve();
		}

		return path;
	}

	/** The way to all who are on our link. */
	openLink(family: Address['family']): Path {
		const known = this.#links.get(family);
		if (known !== undefined) {
			return known;
		}

		const link = new OpenPath(++this.#lastId, this.#sources[family], {});
		link.resolve();
		this.#links.set(family, link);
		this.#paths.set(link.id, link);
		return link;
	}

	/** Probes cannot be sent with this path any more. */
	forget(id: number): void {
		this.#paths.delete(id);
	}

	/** Whether a probe with this path can be sent. */
	isReady(id: number): boolean {
		return this.#paths.get(id)?.status === 'ready';
	}
}

/** The way to an address on our link where nobody is: the kernel looks for it in vain. */
export const NOBODY: SimulatedPath = {resolvingFor: micros(3 * SECOND), unreachable: 'No answer to ARP'};

class OpenPath implements Path {
	readonly id: number;
	readonly source: Address;
	readonly device: string = 'sim0';
	readonly local: boolean;
	readonly mac?: string;
	status: Path['status'] = 'resolving';
	problem?: string;
	readonly #unreachable: string | undefined;

	constructor(id: number, source: Address, {unreachable, local = false, mac}: SimulatedPath) {
		this.id = id;
		this.source = source;
		this.local = local;
		this.#unreachable = unreachable;
		if (mac !== undefined) {
			this.mac = mac;
		}
	}

	resolve(): void {
		if (this.#unreachable === undefined) {
			this.status = 'ready';
		} else {
			this.status = 'unreachable';
			this.problem = this.#unreachable;
		}
	}
}
