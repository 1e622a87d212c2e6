import {PACKET_RECORD_BYTES, PacketConsumer, Ring, type Micros, type TracedPacket} from '@halfopen/model';

const CAPACITY = 8192; // Packets in each ring

/** Copies of packets that were sent and received, put in the order of time. */
export class PacketTrace {
	/** One for each sender thread. */
	readonly sentRings: readonly Ring[];
	readonly receivedRing: Ring = new Ring(CAPACITY, PACKET_RECORD_BYTES);
	readonly #sent: readonly PacketConsumer[];
	readonly #received = new PacketConsumer(this.receivedRing, 'received');
	#held: TracedPacket[] = [];
	#sentUntil = -Infinity as Micros;

	constructor(senders = 1) {
		this.sentRings = Array.from({length: senders}, () => new Ring(CAPACITY, PACKET_RECORD_BYTES));
		this.#sent = this.sentRings.map(ring => new PacketConsumer(ring, 'sent'));
	}

	/**
	 * Packets since the last call, by time. An answer can be here before its probe, which the sender thread traces after
	 * the kernel took it: while that is at work, answers are held until the probes of their time have come.
	 * `isSending` tells whether probes are on their way to the kernel; none of them was there before `sendingSince`.
	 */
	take(isSending: () => boolean, sendingSince: Micros): TracedPacket[] {
		const received = [...this.#held, ...this.#received.take()];
		const mayHold = isSending();
		// After `isSending`, so that nothing sent before it is missing
		const sent = this.#sent.flatMap(consumer => consumer.take()).sort((one, other) => one.at - other.at);
		this.#sentUntil = sent.at(-1)?.at ?? this.#sentUntil;
		const until = mayHold ? Math.max(this.#sentUntil, sendingSince) : Infinity;
		const due = received.filter(({at}) => at <= until);
		this.#held = received.filter(({at}) => at > until);
		return [...sent, ...due].sort((one, other) => one.at - other.at);
	}
}
