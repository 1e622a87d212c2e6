import {MILLISECOND, type Micros, micros} from '@halfopen/model';
import type {DiscoveryAnswer, DiscoveryWay} from './discovery-answer.ts';
import type {GroupTiming} from './group-timing.ts';
import {RoundTrips, unboundedTimeout} from './rtt.ts';

/** How long an answer took. */
export type Trip = Pick<DiscoveryAnswer, 'way' | 'sentAt' | 'receivedAt'>;

/** The next try follows after this part of the timeout, if answers mostly take no longer: an answer to any try counts. */
const RETRY_SHARE = 1 / 3;

/** The same before anything answered: who asks only hosts that are down waits for nothing else. */
const FIRST_RETRY_SHARE = 1 / 4;

/** Hosts differ: nobody is given up sooner than this part of the first timeout, however fast others answer. */
const VERDICT_SHARE = 1 / 2;

/** Timeouts on a link, before anything answered there and at the least. */
const LINK_TIMEOUT = 200 * MILLISECOND;
const LEAST_LINK_TIMEOUT = 50 * MILLISECOND;

/** From a try to the next on a link, at the least: answers do not tell their try, and seldom take that long. */
const LEAST_LINK_RETRY = 100 * MILLISECOND;

/** Hosts differ: a timeout is at least so many times the longest round trip so far. */
const LONGEST_GAIN = 2;

/** A router's word that a host is unreachable is waited for the contrary so long, at the least and by what it took. */
const LEAST_GRACE = 100 * MILLISECOND;
const GRACE_GAIN = 2;

/** How long answers of hosts that are looked for are waited for, by how long those took that came. */
export class DiscoveryPatience {
	readonly #group: GroupTiming;
	readonly #roundTrips: Readonly<Record<DiscoveryWay, RoundTrips>> = {
		path: new RoundTrips(),
		link: new RoundTrips(),
	};
	readonly #longest: Record<DiscoveryWay, number> = {path: 0, link: 0};

	constructor(group: GroupTiming) {
		this.#group = group;
	}

	/** From one probe of a try to the next. */
	get gap(): Micros {
		return this.#group.parameters.scanDelay;
	}

	/** From a try to the next. */
	retryAfter(way: DiscoveryWay): Micros {
		const timeout = this.#timeout(way);
		const roundTrips = this.#roundTrips[way];
		const least = Math.max(this.gap, way === 'link' ? LEAST_LINK_RETRY : 0);
		if (roundTrips.isEmpty) {
			return micros(Math.ceil(Math.max(timeout * FIRST_RETRY_SHARE, least)));
		}

		const usual = Math.min(unboundedTimeout(roundTrips), timeout);
		return micros(Math.ceil(Math.max(timeout * RETRY_SHARE, usual, least)));
	}

	/** From the last try until a host that stayed silent is called down. Probes are on their way as long. */
	verdictAfter(way: DiscoveryWay): Micros {
		const {initialRttTimeout} = this.#group.parameters;
		const least = way === 'link' ? LINK_TIMEOUT : initialRttTimeout * VERDICT_SHARE;
		return micros(Math.max(this.#timeout(way), least, this.gap));
	}

	/** How long a canary is waited for: by then it can be told whether the way is open. */
	get canaryTimeout(): Micros {
		return micros(this.#timeout('path'));
	}

	/** Until when a host that a router called unreachable, after such a time, may still contradict it by an answer. */
	graceEnd(lastSentAt: Micros, took: Micros): Micros {
		return micros(lastSentAt + Math.max(LEAST_GRACE, GRACE_GAIN * took));
	}

	/** Since when the answer to a probe is waited for that was sent then. */
	waitedSince(sentAt: Micros): Micros {
		return this.#group.standstill.waitedSince(sentAt);
	}

	/** Whether a try that was sent then, and stayed silent, tells nothing: it was on its way when the scan stood still. */
	wasInterrupted(sentAt: number): boolean {
		return this.#group.standstill.interrupted(sentAt);
	}

	/** From a probe to its answer; `undefined` when the scan stood still in between. */
	roundTrip(sentAt: Micros, receivedAt: Micros): Micros | undefined {
		return this.#group.standstill.isWithin(sentAt, receivedAt)
			? undefined
			: micros(Math.max(0, receivedAt - sentAt)); // Two clocks meet here: below 0 counts as 0
	}

	/** How much longer than the shortest an answer took. */
	excess({way, sentAt, receivedAt}: Trip): Micros {
		const rtt = this.roundTrip(sentAt, receivedAt);
		return micros(rtt === undefined ? 0 : rtt - this.#roundTrips[way].least);
	}

	/**
	 * Whether an answer that does not say which try it belongs to is one to the latest: it came as answers usually do after
	 * that, and too late for the one before. Otherwise it is late: that is likelier than a lost try and a late answer.
	 */
	isOfLatest(way: DiscoveryWay, sinceLatest: Micros, sinceEarlier: Micros): boolean {
		const roundTrips = this.#roundTrips[way];
		if (roundTrips.isEmpty) {
			return false;
		}

		const usual = unboundedTimeout(roundTrips);
		return sinceEarlier > usual && sinceLatest >= roundTrips.least && sinceLatest <= usual;
	}

	/** Whether anything answered along a path. */
	get knowsPath(): boolean {
		return !this.#roundTrips.path.isEmpty;
	}

	/** Round trips of paths if there are any, otherwise of links. */
	get roundTrips(): RoundTrips | undefined {
		const {path, link} = this.#roundTrips;
		return path.isEmpty ? (link.isEmpty ? undefined : link) : path;
	}

	/** An answer came. */
	learn({way, sentAt, receivedAt}: Trip): void {
		const rtt = this.roundTrip(sentAt, receivedAt);
		if (rtt === undefined) {
			return;
		}

		this.#roundTrips[way].add(rtt);
		this.#longest[way] = Math.max(this.#longest[way], rtt);
		this.#group.onRtt(rtt);
	}

	/** The way along paths is longer by this from now on. */
	lengthen(by: Micros): void {
		this.#roundTrips.path.lengthen(by);
	}

	#timeout(way: DiscoveryWay): number {
		const longest = LONGEST_GAIN * this.#longest[way];
		if (way === 'path') {
			const {maxRttTimeout} = this.#group.parameters;
			return Math.max(this.#group.timeout, Math.min(longest, maxRttTimeout));
		}

		const {link} = this.#roundTrips;
		return link.isEmpty ? LINK_TIMEOUT : Math.max(LEAST_LINK_TIMEOUT, unboundedTimeout(link), longest);
	}
}
