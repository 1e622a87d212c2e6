import {
	REPLY_KIND,
	type Address,
	type AddressKey,
	type Micros,
	type ProbeRecord,
	type Reply,
	type ReplyKind,
} from '@halfopen/model';
import {Link} from './link.ts';
import {NarrowLine} from './narrow-line.ts';
import {PortBehaviours} from './port-behaviours.ts';
import {randomFor} from './random.ts';
import {readAddress} from './read-address.ts';
import type {
	PacketLimit,
	PortBehaviour,
	PortRejection,
	SimulatedHost,
	SimulatedLink,
} from './simulated-network.ts';
import {TokenBucket} from './token-bucket.ts';

/** A reply that is still on its way. */
export type Answer = Omit<Reply, 'receivedAt'>;

/** One address and the way to it. */
export class Host {
	readonly wayOut: Link;
	readonly wayBack: Link;
	readonly bottleneck: NarrowLine | undefined;
	readonly #address: Address;
	readonly #ttl: number;
	readonly #behaviours: PortBehaviours;
	readonly #synLimit: TokenBucket | undefined;
	readonly #rstLimit: TokenBucket | undefined;
	readonly #icmpLimit: TokenBucket | undefined;

	constructor(description: SimulatedHost, link: SimulatedLink, seed: number) {
		this.#address = readAddress(description.address);
		this.#ttl = description.ttl ?? 64;
		this.#behaviours = new PortBehaviours(description);
		this.#synLimit = bucketOf(description.synLimit);
		this.#rstLimit = bucketOf(description.rstLimit);
		this.#icmpLimit = bucketOf(description.icmpLimit);
		this.wayOut = new Link(link, 'out', randomFor(seed, `${description.address} out`));
		this.wayBack = new Link(link, 'back', randomFor(seed, `${description.address} back`));
		this.bottleneck = description.bottleneck && new NarrowLine(description.bottleneck);
	}

	/** What the host says to a SYN that reaches it at `now`: an answer, silence, or nothing because of a limit. */
	answer(probe: ProbeRecord, now: Micros): Answer | 'silence' | 'limited' {
		if (this.#synLimit?.take(now) === false) {
			return 'limited';
		}

		const behaviour = this.#behaviours.of(probe.port);
		if (behaviour === 'silent') {
			return 'silence';
		}

		if (this.#limitOf(behaviour)?.take(now) === false) {
			return 'limited';
		}

		return {
			family: this.#address.family,
			target: probe.target,
			port: probe.port,
			attempt: probe.attempt,
			ttl: this.#ttl,
			...(typeof behaviour === 'object'
				? this.#reject(probe.target, behaviour)
				: {...TCP_ANSWERS[behaviour], sender: probe.target, icmpType: 0, icmpCode: 0}),
		};
	}

	#limitOf(behaviour: PortBehaviour): TokenBucket | undefined {
		if (behaviour === 'closed') {
			return this.#rstLimit;
		}

		return typeof behaviour === 'object' ? this.#icmpLimit : undefined;
	}

	#reject(target: AddressKey, {type, code, from}: PortRejection): PacketFields {
		return {
			kind: this.#address.family === 4 ? REPLY_KIND.icmpError : REPLY_KIND.icmpv6Error,
			sender: from === undefined ? target : readAddress(from).value,
			icmpType: type,
			icmpCode: code,
			window: 0,
			tcpFlags: 0,
		};
	}
}

type PacketFields = Pick<Reply, 'kind' | 'sender' | 'icmpType' | 'icmpCode' | 'window' | 'tcpFlags'>;

const TCP_ANSWERS: Record<
	'open' | 'closed' | 'split-handshake',
	{kind: ReplyKind; window: number; tcpFlags: number}
> = {
	open: {kind: REPLY_KIND.synAck, window: 64_240, tcpFlags: 0x12}, // SYN and ACK
	closed: {kind: REPLY_KIND.reset, window: 0, tcpFlags: 0x14}, // RST and ACK
	'split-handshake': {kind: REPLY_KIND.syn, window: 64_240, tcpFlags: 0x02}, // SYN
};

const bucketOf = (limit: PacketLimit | undefined): TokenBucket | undefined =>
	limit && new TokenBucket(limit.perSecond, limit.burst ?? 1);
