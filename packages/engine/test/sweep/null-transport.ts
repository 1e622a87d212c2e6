import {
	type Clock,
	ipv4,
	micros,
	NO_COUNTS,
	type Path,
	type PathRange,
	PROBE_RECORD_BYTES,
	ProbeConsumer,
	ProbeProducer,
	REPLY_KIND,
	REPLY_RECORD_BYTES,
	ReplyConsumer,
	ReplyProducer,
	Ring,
	type TracedPacket,
	type Transport,
	type TransportCounters,
} from '@halfopen/model';

/** What becomes of a probe: nobody answers, or everybody does at once. */
export type NullAnswers = 'none' | 'all';

const PATH: Path = {id: 0, status: 'ready', device: 'null0', source: ipv4(0x0a_00_00_01), local: false};

const CAPACITY = 16_384;

/** Takes probes as fast as they are written and sends none; for measuring what the engine itself costs. */
export class NullTransport implements Transport {
	readonly clock: Clock;
	readonly probes: ProbeProducer;
	readonly replies: ReplyConsumer;
	readonly tries = 255;
	readonly #answers: NullAnswers;
	readonly #ring = new Ring(CAPACITY, PROBE_RECORD_BYTES);
	readonly #consumer = new ProbeConsumer(this.#ring);
	readonly #producer: ReplyProducer;
	#sent = 0;
	#received = 0;

	constructor(answers: NullAnswers, clock: Clock) {
		const replies = new Ring(CAPACITY, REPLY_RECORD_BYTES);
		this.#answers = answers;
		this.clock = clock;
		this.probes = new ProbeProducer(this.#ring);
		this.replies = new ReplyConsumer(replies);
		this.#producer = new ReplyProducer(replies);
	}

	pathTo(): Path {
		return PATH;
	}

	pathCovering(): PathRange {
		return {path: PATH, first: 0, last: 2 ** 32 - 1};
	}

	releasePath(): void {
		// There is but one
	}

	setRate(): void {
		// As fast as they come
	}

	/** The probes are taken at once. */
	flush(): void {
		this.probes.publish();
		const now = this.clock.now();
		if (this.#answers === 'none') {
			this.#takeAll(now);
			return;
		}

		while (this.#consumer.hasNext && this.replies.waiting < CAPACITY - 1) {
			const {target, port, attempt} = this.#consumer.take(now);
			this.#sent++;
			this.#received++;
			this.#producer.write({
				kind: REPLY_KIND.reset,
				family: 4,
				target,
				port,
				attempt,
				receivedAt: micros(now + 20),
				ttl: 64,
				sender: target,
				icmpType: 0,
				icmpCode: 0,
				window: 0,
				tcpFlags: 0x14,
			});
		}
	}

	/** Stamps the records in the memory of the ring: reading each as a probe would cost more than what is measured. */
	#takeAll(now: number): void {
		const {head, doubles} = this.#ring;
		let at = this.#ring.tail;
		for (; at !== head; at = (at + 1) >>> 0) {
			doubles[this.#ring.offsetOf(at) / 8] = now;
			this.#sent++;
		}

		this.#ring.tail = at;
	}

	async wait(): Promise<void> {
		await new Promise<void>(resolve => {
			setImmediate(resolve);
		});
	}

	takePackets(): TracedPacket[] {
		return [];
	}

	counters(): TransportCounters {
		return {...NO_COUNTS, sent: this.#sent, received: this.#received};
	}

	async close(): Promise<void> {
		// Nothing is open
	}
}
