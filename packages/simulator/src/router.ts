import {type Micros, micros, PROBE_KIND, type ProbeRecord} from '@halfopen/model';
import {icmpErrorOf, type Outcome, TCP_ANSWERS} from './answers.ts';
import {Link} from './link.ts';
import {randomFor} from './random.ts';
import {readAddress} from './read-address.ts';
import type {SimulatedLink, SimulatedRouter} from './simulated-network.ts';
import {TokenBucket} from './token-bucket.ts';

/** The last router before the hosts, and what it says in the place of hosts that do not exist. */
export class Router {
	readonly wayOut: Link;
	readonly wayBack: Link;
	readonly #settings: SimulatedRouter;
	readonly #limit: TokenBucket | undefined;

	constructor(settings: SimulatedRouter, link: SimulatedLink, seed: number) {
		this.#settings = settings;
		this.#limit = settings.limit && new TokenBucket(settings.limit.perSecond, settings.limit.burst ?? 1);
		this.wayOut = new Link(link, 'out', randomFor(seed, 'router out'));
		this.wayBack = new Link(link, 'back', randomFor(seed, 'router back'));
	}

	/** When it answers a probe to nobody that reaches it at `now`. */
	answersAt(now: Micros): Micros {
		return micros(now + (this.#settings.givesUpAfter ?? 0));
	}

	/** What it says then: nothing, because it does not or because of its limit. */
	answer(probe: ProbeRecord, now: Micros): Outcome {
		const {address, resets = false, ttl = 64} = this.#settings;
		const isTcp = probe.kind === PROBE_KIND.syn || probe.kind === PROBE_KIND.ack;
		if (resets ? !isTcp : address === undefined) {
			return 'silence';
		}

		if (this.#limit?.take(now) === false) {
			return 'limited';
		}

		const family = typeof probe.target === 'number' ? 4 : 6;
		const about = {family, target: probe.target, port: probe.port, attempt: probe.attempt, ttl} as const;
		return resets
			? {...about, ...TCP_ANSWERS.closed, sender: probe.target, icmpType: 0, icmpCode: 0}
			: {...about, ...icmpErrorOf(family, HOST_UNREACHABLE[family], readAddress(address ?? '').value)};
	}
}

const HOST_UNREACHABLE = {4: {type: 3, code: 1}, 6: {type: 1, code: 3}} as const; // RFC 792, RFC 4443 §3.1
