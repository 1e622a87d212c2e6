// A capture in the form of pcapng (draft-ietf-opsawg-pcapng): it knows which way a packet went, and can say that some
// are missing.

import {PACKET_SNAP_BYTES, type Micros, type TracedPacket} from '@halfopen/model';

export interface CaptureHead {
	readonly version: string;
	/** As `formatCommandLine` makes it. */
	readonly commandLine: string;
	/** One moment in milliseconds since the epoch, and on the clock of the packets. */
	readonly startedAt: number;
	readonly startedAtClock: Micros;
	/** The packets go behind those of an earlier capture, in the same section: libpcap does not read a second one. */
	readonly isContinued?: boolean;
}

/** A capture in the making: its beginning, each packet, and its end. What is returned is complete blocks. */
export interface CaptureFormat {
	begin(head: CaptureHead): Uint8Array;
	packet(packet: TracedPacket): Uint8Array;
	/** `lost` packets are missing. */
	end(lost: number): Uint8Array;
}

export const captureFormat = (): CaptureFormat => {
	let zero = 0;
	return {
		begin: head => {
			zero = head.startedAt * 1000 - head.startedAtClock;
			return head.isContinued ? new Uint8Array(0) : Buffer.concat([sectionHeader(head), INTERFACE]);
		},
		packet: packet => enhancedPacket(packet, Math.round(zero + packet.at)),
		end: lost => statistics(lost),
	};
};

/** Types of blocks. */
const BLOCK = {sectionHeader: 0x0a_0d_0d_0a, interface: 1, statistics: 5, enhancedPacket: 6} as const;

const OPTION = {
	end: 0,
	comment: 1,
	/** Of a section header. */
	application: 4,
	/** Of an interface. */
	name: 2,
	timeResolution: 9,
	/** Of a packet. */
	flags: 2,
	/** Of statistics. */
	dropped: 5,
} as const;

const BYTE_ORDER_MAGIC = 0x1a_2b_3c_4d;
const LINKTYPE_LINUX_SLL = 113; // One for all: libpcap reads no file of several, and raw IP has no room for ARP
const MICROSECONDS = 6; // 10^-6 s
const DIRECTION = {received: 1, sent: 2} as const;
const UINT32 = 2 ** 32;

const sectionHeader = ({version, commandLine}: CaptureHead): Uint8Array => {
	const body = Buffer.alloc(16);
	body.writeUInt32LE(BYTE_ORDER_MAGIC, 0);
	body.writeUInt16LE(1, 4); // Version 1.0
	body.writeBigInt64LE(-1n, 8); // Length of the section: not known
	return block(BLOCK.sectionHeader, body, [
		option(OPTION.comment, Buffer.from(commandLine)),
		option(OPTION.application, Buffer.from(`halfopen ${version}`)),
	]);
};

const enhancedPacket = ({bytes, length, direction}: TracedPacket, at: number): Uint8Array => {
	const header = Buffer.alloc(20); // Interface 0
	header.writeUInt32LE(Math.floor(at / UINT32), 4);
	header.writeUInt32LE(at % UINT32, 8);
	header.writeUInt32LE(COOKED_BYTES + bytes.length, 12);
	header.writeUInt32LE(COOKED_BYTES + Math.max(length, bytes.length), 16);
	const flags = Buffer.alloc(4);
	flags.writeUInt32LE(DIRECTION[direction]);
	const body = Buffer.concat([header, cookedHeader(bytes, direction), padded(bytes)]);
	return block(BLOCK.enhancedPacket, body, [option(OPTION.flags, flags)]);
};

/** The header of LINKTYPE_LINUX_SLL, which says what follows; link-layer addresses are not known. */
const cookedHeader = (bytes: Uint8Array, direction: TracedPacket['direction']): Uint8Array => {
	const header = Buffer.alloc(COOKED_BYTES);
	header.writeUInt16BE(COOKED_DIRECTION[direction], 0);
	header.writeUInt16BE(ARPHRD_NONE, 2);
	header.writeUInt16BE(ETHERTYPES[bytes[0] >> 4] ?? ETHERTYPE_ARP, 14);
	return header;
};

const COOKED_BYTES = 16;
const COOKED_DIRECTION = {received: 0, sent: 4} as const;
const ARPHRD_NONE = 0xff_fe;
const ETHERTYPE_ARP = 0x08_06;

/** By the first four bits of a packet: the version of IP. */
const ETHERTYPES: Readonly<Record<number, number>> = {4: 0x08_00, 6: 0x86_dd};

const statistics = (lost: number): Uint8Array => {
	if (lost === 0) {
		return new Uint8Array(0);
	}

	const dropped = Buffer.alloc(8);
	dropped.writeBigUInt64LE(BigInt(lost));
	const comment = `${lost} packets are missing: the trace was not taken fast enough`;
	return block(BLOCK.statistics, Buffer.alloc(12), [
		option(OPTION.comment, Buffer.from(comment)),
		option(OPTION.dropped, dropped),
	]);
};

/** A block: type, length, body, options and the length again. */
const block = (type: number, body: Uint8Array, options: readonly Uint8Array[]): Buffer => {
	const content = Buffer.concat([body, ...options, option(OPTION.end, new Uint8Array(0))]);
	const whole = Buffer.alloc(content.length + 12);
	whole.writeUInt32LE(type, 0);
	whole.writeUInt32LE(whole.length, 4);
	content.copy(whole, 8);
	whole.writeUInt32LE(whole.length, whole.length - 4);
	return whole;
};

const LONGEST_OPTION = 65_535;

const option = (code: number, value: Uint8Array): Buffer => {
	const content = value.subarray(0, LONGEST_OPTION);
	const header = Buffer.alloc(4);
	header.writeUInt16LE(code, 0);
	header.writeUInt16LE(content.length, 2);
	return Buffer.concat([header, padded(content)]);
};

/** To whole words of four bytes. */
const padded = (bytes: Uint8Array): Uint8Array => {
	const rest = bytes.length % 4;
	return rest === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(4 - rest)]);
};

const interfaceDescription = (): Buffer => {
	const body = Buffer.alloc(8);
	body.writeUInt16LE(LINKTYPE_LINUX_SLL, 0);
	body.writeUInt32LE(COOKED_BYTES + PACKET_SNAP_BYTES, 4);
	return block(BLOCK.interface, body, [
		option(OPTION.name, Buffer.from('halfopen')),
		option(OPTION.timeResolution, Uint8Array.of(MICROSECONDS)),
	]);
};

const INTERFACE = interfaceDescription();
