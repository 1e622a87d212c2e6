import {distance, type Ring} from './ring.ts';
import type {Micros} from './time.ts';

/** Bytes of a packet record. native/src/ring/packet_record.h declares the same layout. */
export const PACKET_RECORD_BYTES = 272;

/** Byte offsets inside a packet record; numbers are little-endian. */
export const PACKET_FIELD = {
	at: 0, // f64, µs
	captured: 8, // u16: bytes of the packet in this record
	length: 10, // u16: bytes of the packet on the wire
	layer: 12, // u8: 0 when the data begins with an IP header, 1 when it is an ARP message
	data: 16, // the packet from there on
} as const;

/** Bytes of a packet that a record can hold; what is longer is cut. */
export const PACKET_SNAP_BYTES: number = PACKET_RECORD_BYTES - PACKET_FIELD.data;

/** A packet that was sent or received, as shown by `--packet-trace`. */
export type TracedPacket = {
	readonly direction: 'sent' | 'received';
	/** Handed to the kernel, or received by it. */
	readonly at: Micros;
	/** Set for an ARP message (RFC 826), which has no IP header: `bytes` is that message. */
	readonly layer?: 'arp';
	/** From the IP header on; a copy. */
	readonly bytes: Uint8Array;
	/** Bytes on the wire, from the IP header on. */
	readonly length: number;
};

const LAYER_ARP = 1;

/** Reads copies of packets that the sender or the receiver thread left. */
export class PacketConsumer {
	readonly ring: Ring;
	readonly #direction: TracedPacket['direction'];
	#read: number;

	constructor(ring: Ring, direction: TracedPacket['direction']) {
		this.ring = ring;
		this.#direction = direction;
		this.#read = ring.tail;
	}

	/** All packets that wait, oldest first. */
	take(): TracedPacket[] {
		const packets: TracedPacket[] = [];
		for (let left = distance(this.#read, this.ring.head); left > 0; left--) {
			packets.push(this.#readAt(this.ring.offsetOf(this.#read)));
			this.#read = (this.#read + 1) >>> 0;
		}

		this.ring.tail = this.#read;
		return packets;
	}

	#readAt(at: number): TracedPacket {
		const {view, bytes} = this.ring;
		const data = at + PACKET_FIELD.data;
		return {
			direction: this.#direction,
			at: view.getFloat64(at + PACKET_FIELD.at, true) as Micros,
			...(bytes[at + PACKET_FIELD.layer] === LAYER_ARP && {layer: 'arp'}),
			bytes: bytes.slice(data, data + view.getUint16(at + PACKET_FIELD.captured, true)),
			length: view.getUint16(at + PACKET_FIELD.length, true),
		};
	}
}
