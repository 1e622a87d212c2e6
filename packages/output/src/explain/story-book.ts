import {
	formatAddressKey,
	isAboutHost,
	type Decision,
	type HostReport,
	type Micros,
	type PortResult,
	type TracedPacket,
} from '@halfopen/model';
import {isTold, splitPorts, type HidingRules} from '../host/hidden-states.ts';
import {type NamedServices, serviceCells} from '../host/service-cells.ts';
import {escapeName} from '../text/escape-text.ts';
import {probeSubject} from '../trace/probe-subject.ts';
import {HostStory} from './host-story.ts';
import {PortStory} from './port-story.ts';
import type {Story} from './story.ts';

/** Stories kept at a time: those of hosts that are being scanned. */
const MOST_STORIES = 10_000;
/** Hosts that are known to have been told of: more than linger for late answers at a time. */
const MOST_TOLD = 5000;

/** Keeps what happened to ports until their hosts are reported. */
export class StoryBook {
	/** The ports that are explained; all of them when there are none. */
	readonly #ports: ReadonlySet<number>;
	readonly #scanType: 'syn' | 'connect';
	/** How ports come by their states, by address, as text, and port. */
	readonly #portStories = new Map<string, Map<number, PortStory>>();
	/** Hosts that were told of lately. */
	readonly #told = new Set<string>();
	readonly #serviceOn: (port: number) => string;
	/** How hosts are being found, and when they were, by address. */
	readonly #hostStories = new Map<string, HostStory>();
	readonly #foundAt = new Map<string, Micros>();
	#count = 0;
	#isFull = false;

	constructor(ports: Iterable<number>, scanType: 'syn' | 'connect', named: NamedServices = {}) {
		this.#ports = new Set(ports);
		this.#scanType = scanType;
		this.#serviceOn = serviceCells(named, escapeName);
	}

	/** There were too many ports at a time; the stories of some are not told. */
	get isFull(): boolean {
		return this.#isFull;
	}

	packet(packet: TracedPacket): void {
		const {at, direction} = packet;
		const subject = probeSubject(packet);
		if (subject !== undefined) {
			this.#portStory(subject.address, subject.port)?.packet({at, direction, subject});
		}
	}

	decision(decision: Decision): void {
		const key = formatAddressKey(decision.address.value);
		if (!isAboutHost(decision)) {
			this.#portStory(key, decision.port)?.decision(decision);
			return;
		}

		switch (decision.what) {
			case 'host-asked': {
				this.#hostStory(key)?.onAsked(decision);
				break;
			}

			case 'host-answered': {
				this.#hostStories.get(key)?.onAnswered(decision);
				break;
			}

			case 'host-silent': {
				this.#hostStories.get(key)?.onSilent(decision);
				break;
			}

			case 'host-decided': {
				if (decision.status === 'up') {
					this.#foundAt.set(key, decision.at);
				}

				break;
			}
		}
	}

	/** How it was found out whether a host that is done is up, as text; empty when nobody asked, or it is not told of. */
	takeHost(report: HostReport, rules: HidingRules): string {
		const key = formatAddressKey(report.address.value);
		const story = this.#hostStories.get(key);
		this.#hostStories.delete(key);
		return story === undefined || !isTold(report, rules) ? '' : story.finish(report);
	}

	/**
	 * The stories of a host that is done, which are forgotten here: of the ports that were asked for by number, or of
	 * those that its report lists, with one example for each reason that it only counts.
	 */
	take(report: HostReport, rules: HidingRules): Story[] {
		const key = formatAddressKey(report.address.value);
		const stories = this.#portStories.get(key);
		const foundAt = this.#foundAt.get(key);
		this.#portStories.delete(key);
		this.#foundAt.delete(key);
		this.#remember(key);
		if (stories === undefined) {
			return [];
		}

		this.#count -= stories.size;
		const results = resultsOf(report, stories);
		return this.#chosen(report, rules).flatMap(({port, likewise}) => {
			const ending = {
				address: report.address,
				port,
				service: this.#serviceOn(port),
				likewise,
				result: results.get(port),
				foundAt,
			};
			return stories.get(port)?.finish(ending) ?? [];
		});
	}

	/** The stories of all ports that have a state, of a scan without reports of hosts. */
	takeRest(): Story[] {
		const finished = [...this.#portStories.values()].flatMap(stories =>
			[...stories]
				.sort(([a], [b]) => a - b)
				.flatMap(([port, story]) => story.finish({port, service: this.#serviceOn(port), likewise: 0}) ?? []),
		);
		this.#portStories.clear();
		this.#count = 0;
		return finished;
	}

	/** What still comes from a host that was told of is no new story. */
	#remember(key: string): void {
		this.#told.add(key);
		if (this.#told.size > MOST_TOLD) {
			this.#told.delete(this.#told.values().next().value ?? key);
		}
	}

	#chosen({ports}: HostReport, rules: HidingRules): {port: number; likewise: number}[] {
		if (this.#ports.size > 0) {
			return [...this.#ports].map(port => ({port, likewise: 0}));
		}

		const {listed, hidden} = splitPorts(ports, rules);
		return [
			...listed.map(({port}) => ({port, likewise: 0})),
			...hidden.flatMap(({reasons}) =>
				reasons.map(({count, ports: ranges}) => ({
					port: Number.parseInt(ranges, 10),
					likewise: count - 1,
				})),
			),
		];
	}

	#hostStory(key: string): HostStory | undefined {
		let story = this.#hostStories.get(key);
		if (story === undefined && this.#hostStories.size < MOST_STORIES) {
			story = new HostStory();
			this.#hostStories.set(key, story);
		}

		return story;
	}

	#portStory(address: string, port: number): PortStory | undefined {
		if (this.#ports.size > 0 && !this.#ports.has(port)) {
			return undefined;
		}

		const known = this.#portStories.get(address)?.get(port);
		if (known !== undefined || this.#told.has(address)) {
			return known;
		}

		if (this.#count >= MOST_STORIES) {
			this.#isFull = true;
			return undefined;
		}

		const story = new PortStory(this.#scanType);
		const stories = this.#portStories.get(address) ?? new Map<number, PortStory>();
		this.#portStories.set(address, stories.set(port, story));
		this.#count++;
		return story;
	}
}

/** What a report says of these ports. */
const resultsOf = (
	{ports}: HostReport,
	wanted: ReadonlyMap<number, unknown>,
): ReadonlyMap<number, PortResult> => {
	const results = new Map<number, PortResult>();
	for (const result of ports) {
		if (wanted.has(result.port)) {
			results.set(result.port, result);
		}
	}

	return results;
};
