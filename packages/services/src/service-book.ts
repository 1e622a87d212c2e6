import {matcherFor} from './name-pattern.ts';
import {topPorts} from './popularity.ts';
import {isListed, portsNamed, serviceName} from './service-names.ts';
import type {ServiceList} from './services-file.ts';
import {lazy} from './table.ts';

/** What is known of TCP services: their names, and which ports are worth asking. */
export interface ServiceBook {
	/** The name of the service on a port; undefined when none is known. */
	serviceName(port: number): string | undefined;
	isListed(port: number): boolean;
	/** Ports whose service name matches a pattern with `*` and `?`, whatever the case; ascending. */
	portsNamed(pattern: string): readonly number[];
	/** The `count` most popular ports, of all or of those in `within`; ascending, fewer when fewer are ranked. */
	topPorts(count: number, within?: Iterable<number>): Uint16Array;
	/**
	 * Ports found open at least as often as `ratio` says, 0 ≤ ratio < 1, of all or of those in `within`; ascending.
	 * `undefined` when it is not known how often ports are open.
	 */
	portsAtRatio(ratio: number, within?: Iterable<number>): Uint16Array | undefined;
}

/** The names and the ranking that come with halfopen, which knows no frequencies. */
export const OWN_SERVICES: ServiceBook = {
	serviceName,
	isListed,
	portsNamed,
	topPorts,
	portsAtRatio: () => undefined,
};

/** The names and the ranking of a file of the user. Ports that it does not list are not ranked. */
export const serviceBookOf = (list: ServiceList): ServiceBook => new ListedServices(list);

class ListedServices implements ServiceBook {
	readonly #list: ServiceList;
	/** By port: its index in the list. */
	readonly #indices: () => ReadonlyMap<number, number>;

	/** What is in the list is not looked at before it is asked for. */
	constructor(list: ServiceList) {
		this.#list = list;
		this.#indices = lazy(() => new Map(Array.from(list.ports, (port, index) => [port, index])));
	}

	serviceName(port: number): string | undefined {
		const index = this.#indices().get(port);
		return index === undefined ? undefined : this.#list.names[index];
	}

	isListed(port: number): boolean {
		return this.#indices().has(port);
	}

	portsNamed(pattern: string): readonly number[] {
		const matcher = matcherFor(pattern);
		return Array.from(this.#list.ports.filter((_, index) => matcher.test(this.#list.names[index])));
	}

	/** Without frequencies, listed ports from 1 up. */
	topPorts(count: number, within?: Iterable<number>): Uint16Array {
		const {ports, frequencies} = this.#list;
		const ranked = this.#listed(within).sort(
			(a, b) => frequencies[b] - frequencies[a] || ports[a] - ports[b],
		);
		return ascending(ranked.slice(0, count).map(index => ports[index]));
	}

	portsAtRatio(ratio: number, within?: Iterable<number>): Uint16Array | undefined {
		const {ports, frequencies} = this.#list;
		if (!frequencies.some(frequency => frequency > 0)) {
			return undefined;
		}

		return ascending(
			this.#listed(within)
				.filter(index => frequencies[index] >= ratio)
				.map(index => ports[index]),
		);
	}

	/** Indices of the listed ports. */
	#listed(within: Iterable<number> | undefined): number[] {
		return within === undefined
			? [...this.#list.ports.keys()]
			: [...new Set(within)].flatMap(port => this.#indices().get(port) ?? []);
	}
}

const ascending = (ports: readonly number[]): Uint16Array => Uint16Array.from(ports).sort();
