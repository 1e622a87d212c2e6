import {
	type Address,
	ipv6,
	isLinkLocal,
	type Micros,
	micros,
	type Path,
	PROBE_KIND,
	REPLY_KIND,
	type Reply,
	type Transport,
} from '@halfopen/model';
import {REPLIES_PER_STEP} from '../../reply-kinds.ts';

/** A network of IPv6 on a link, with our address in it; that of a link-local one has the link as its zone. */
export interface LinkNetwork {
	readonly address: Address & {readonly family: 6};
	readonly prefixLength: number;
}

/** Whom to ask, and how long to wait. */
export interface MulticastOptions {
	/** Hears the answers of one link only: answers do not tell by which link they came. */
	readonly transport: Transport;
	/** All nodes are asked once from each, and answer by an address of theirs in the same network. */
	readonly networks: readonly LinkNetwork[];
	/** Answers may take so long; half of it lies between tries. */
	readonly timeout: Micros;
}

/** Nodes that all of a link were asked for. */
export interface LinkNodes {
	/** Addresses in the order of their answers. */
	readonly addresses: readonly bigint[];
	/** Questions that left; without any, nobody can have answered. */
	readonly sent: number;
}

/**
 * Finds who is on a link without naming anybody: an echo request and a multicast listener query to all nodes (ff02::1),
 * twice. Only addresses in the link's networks count, so that nobody on the link can name targets elsewhere.
 */
export class MulticastLoop {
	readonly #transport: Transport;
	readonly #networks: readonly LinkNetwork[];
	readonly #timeout: Micros;
	readonly #questions: readonly Question[];
	readonly #found = new Set<bigint>();
	#sent = 0;
	#tries = 0;
	/** Of the next try or, after the last, of the end. */
	#deadline: Micros = micros(0);
	#isFinished = false;

	constructor({transport, networks, timeout}: MulticastOptions) {
		this.#transport = transport;
		this.#networks = networks;
		this.#timeout = timeout;
		this.#questions = networks.flatMap(network => questionsIn(network, transport));
	}

	/** Everybody was asked, and whoever is going to answer has. */
	get isFinished(): boolean {
		return this.#isFinished;
	}

	get nodes(): LinkNodes {
		return {addresses: [...this.#found], sent: this.#sent};
	}

	/** Does what is due at `now`. Returns when to be called again, at the latest. */
	step(now: Micros): Micros {
		const {probes, replies} = this.#transport;
		for (let looked = 0; looked < REPLIES_PER_STEP && replies.next(); looked++) {
			this.#take(replies);
		}

		probes.takeSent((_tag, _sentAt, error) => {
			this.#sent += error === 0 ? 1 : 0;
		});
		if (now >= this.#deadline) {
			this.#isFinished = this.#tries === TRIES || this.#questions.length === 0;
			if (!this.#isFinished) {
				this.#ask(now);
			}
		}

		return this.#deadline;
	}

	#ask(now: Micros): void {
		for (const {kind, path} of this.#questions) {
			this.#transport.probes.write(ALL_NODES, 0, this.#tries, path.id, 0, kind);
		}

		this.#transport.flush();
		this.#tries++;
		this.#deadline = micros(now + (this.#tries === TRIES ? this.#timeout : this.#timeout / 2));
	}

	#take({kind, target}: Reply): void {
		if (
			typeof target === 'bigint' &&
			(kind === REPLY_KIND.echoReply || kind === REPLY_KIND.listenerReport) &&
			this.#found.size < MOST_NODES &&
			this.#networks.some(network => isIn(network, target))
		) {
			this.#found.add(target);
		}
	}
}

const TRIES = 2;

/** The tries that a transport must tell apart. */
export const MULTICAST_TRIES: number = TRIES;

/** More than any link has: whoever makes addresses up is to make up no more than these. */
const MOST_NODES = 2 ** 16;

/** RFC 4291 §2.7.1 */
const ALL_NODES = 0xff02_0000_0000_0000_0000_0000_0000_0001n;

type Question = {readonly kind: (typeof PROBE_KIND)['echo' | 'listenerQuery']; readonly path: Path};

/** Listeners are asked from a link-local address (RFC 2710 §3). */
const questionsIn = (network: LinkNetwork, transport: Transport): Question[] => {
	const path = transport.linkTo?.(neighbourOf(network));
	if (path?.status !== 'ready') {
		return [];
	}

	const echo = {kind: PROBE_KIND.echo, path};
	return isLinkLocal(network.address) ? [echo, {kind: PROBE_KIND.listenerQuery, path}] : [echo];
};

/** An address beside ours, to which the same path leads. */
const neighbourOf = ({address: {value, zone}}: LinkNetwork): Address => ipv6(value ^ 1n, zone);

const isIn = ({address, prefixLength}: LinkNetwork, target: bigint): boolean => {
	const hostBits = BigInt(128 - prefixLength);
	return target >> hostBits === address.value >> hostBits && target !== address.value;
};
