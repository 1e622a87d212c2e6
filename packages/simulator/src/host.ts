import {
	PROBE_KIND,
	REPLY_KIND,
	UNKNOWN_ATTEMPT,
	type Address,
	type AddressKey,
	type Micros,
	type ProbeKind,
	type ProbeRecord,
	type ReplyKind,
} from '@halfopen/model';
import {icmpErrorOf, NO_TCP, type Outcome, type PacketFields, TCP_ANSWERS} from './answers.ts';
import {Link} from './link.ts';
import {NarrowLine} from './narrow-line.ts';
import {macOf} from './mac.ts';
import {PingBehaviours} from './ping-behaviours.ts';
import {PortBehaviours} from './port-behaviours.ts';
import {randomFor} from './random.ts';
import {readAddress} from './read-address.ts';
import type {
	PacketLimit,
	PingBehaviour,
	PortBehaviour,
	PortRejection,
	SimulatedHost,
	SimulatedLink,
} from './simulated-network.ts';
import {TokenBucket} from './token-bucket.ts';

/** One address and the way to it. */
export class Host {
	readonly wayOut: Link;
	readonly wayBack: Link;
	readonly bottleneck: NarrowLine | undefined;
	readonly #address: Address;
	readonly #ttl: number;
	readonly #mac: string;
	readonly #behaviours: PortBehaviours;
	readonly #pings: PingBehaviours;
	readonly #synLimit: TokenBucket | undefined;
	readonly #rstLimit: TokenBucket | undefined;
	readonly #icmpLimit: TokenBucket | undefined;

	constructor(description: SimulatedHost, link: SimulatedLink, seed: number) {
		this.#address = readAddress(description.address);
		this.#ttl = description.ttl ?? 64;
		this.#mac = description.path?.mac ?? macOf(this.#address);
		this.#behaviours = new PortBehaviours(description);
		this.#pings = new PingBehaviours(description, this.#address.family);
		this.#synLimit = bucketOf(description.synLimit);
		this.#rstLimit = bucketOf(description.rstLimit);
		this.#icmpLimit = bucketOf(description.icmpLimit);
		this.wayOut = new Link(link, 'out', randomFor(seed, `${description.address} out`));
		this.wayBack = new Link(link, 'back', randomFor(seed, `${description.address} back`));
		this.bottleneck = description.bottleneck && new NarrowLine(description.bottleneck);
	}

	/** What the host says to a probe that reaches it at `now`: an answer, silence, or nothing because of a limit. */
	answer(probe: ProbeRecord, now: Micros): Outcome {
		if (probe.kind === PROBE_KIND.syn) {
			return this.#synLimit?.take(now) === false
				? 'limited'
				: this.#answerPort(probe, this.#behaviours.of(probe.port), now);
		}

		return this.#answerPing(probe, this.#pings.of(probe) ?? this.#behaviourOfAck(probe), now);
	}

	#answerPort(probe: ProbeRecord, behaviour: PortBehaviour, now: Micros): Outcome {
		if (behaviour === 'silent') {
			return 'silence';
		}

		if (this.#limitOf(behaviour)?.take(now) === false) {
			return 'limited';
		}

		return {
			...this.#about(probe),
			...(typeof behaviour === 'object'
				? this.#reject(probe.target, behaviour)
				: {...TCP_ANSWERS[behaviour], sender: probe.target, icmpType: 0, icmpCode: 0}),
		};
	}

	/** A firewall in front of a port does not look at the flags. */
	#behaviourOfAck({port}: ProbeRecord): PingBehaviour {
		const behaviour = this.#behaviours.of(port);
		return typeof behaviour === 'object' || behaviour === 'silent' ? behaviour : 'answer';
	}

	#answerPing(probe: ProbeRecord, behaviour: PingBehaviour, now: Micros): Outcome {
		if (probe.kind === PROBE_KIND.ack && behaviour === 'answer') {
			return this.#answerPort(probe, 'closed', now);
		}

		if (typeof behaviour === 'object' || behaviour === 'silent') {
			return this.#answerPort(probe, behaviour, now);
		}

		const kind = PING_ANSWERS[probe.kind];
		return kind === undefined
			? 'silence'
			: {
					...this.#about(probe),
					...NO_TCP,
					kind,
					sender: probe.target,
					icmpType: 0,
					icmpCode: 0,
					...(kind === REPLY_KIND.neighbour && {mac: this.#mac, attempt: UNKNOWN_ATTEMPT, ttl: 0}),
				};
	}

	#about({target, port, attempt}: ProbeRecord) {
		return {family: this.#address.family, target, port, attempt, ttl: this.#ttl};
	}

	#limitOf(behaviour: PortBehaviour): TokenBucket | undefined {
		if (behaviour === 'closed') {
			return this.#rstLimit;
		}

		return typeof behaviour === 'object' ? this.#icmpLimit : undefined;
	}

	#reject(target: AddressKey, rejection: PortRejection): PacketFields {
		const {from} = rejection;
		return icmpErrorOf(
			this.#address.family,
			rejection,
			from === undefined ? target : readAddress(from).value,
		);
	}
}

const PING_ANSWERS: Readonly<Partial<Record<ProbeKind, ReplyKind>>> = {
	[PROBE_KIND.echo]: REPLY_KIND.echoReply,
	[PROBE_KIND.timestamp]: REPLY_KIND.timestampReply,
	[PROBE_KIND.addressMask]: REPLY_KIND.addressMaskReply,
	[PROBE_KIND.udp]: REPLY_KIND.udp,
	[PROBE_KIND.protocol]: REPLY_KIND.protocol,
	[PROBE_KIND.neighbour]: REPLY_KIND.neighbour,
};

const bucketOf = (limit: PacketLimit | undefined): TokenBucket | undefined =>
	limit && new TokenBucket(limit.perSecond, limit.burst ?? 1);
