import {parseAddress} from '@halfopen/model';

/** Joins bytes; text is hexadecimal. */
export const bytesOf = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
	Uint8Array.from(parts.flatMap(part => [...(typeof part === 'string' ? Buffer.from(part, 'hex') : part)]));

export interface TcpFields {
	readonly sourcePort: number;
	readonly targetPort: number;
	readonly sequence?: number;
	readonly acknowledgement?: number;
	readonly flags: number;
	readonly window?: number;
	/** Hexadecimal, a multiple of four bytes. */
	readonly options?: string;
}

/** A TCP header with the checksum 0xBEEF. */
export const tcp = ({
	sequence = 0,
	acknowledgement = 0,
	window = 0,
	options = '',
	...fields
}: TcpFields): Uint8Array => {
	const header = new DataView(new ArrayBuffer(20));
	header.setUint16(0, fields.sourcePort);
	header.setUint16(2, fields.targetPort);
	header.setUint32(4, sequence);
	header.setUint32(8, acknowledgement);
	header.setUint8(12, (5 + options.length / 8) << 4);
	header.setUint8(13, fields.flags);
	header.setUint16(14, window);
	header.setUint16(16, 0xbe_ef);
	return bytesOf(new Uint8Array(header.buffer), options);
};

export interface Ipv4Fields {
	readonly source: string;
	readonly target: string;
	readonly protocol: number;
	readonly payload: Uint8Array;
	readonly ttl?: number;
	readonly id?: number;
	readonly flags?: number;
	/** In units of eight bytes. */
	readonly fragment?: number;
	/** Hexadecimal, a multiple of four bytes. */
	readonly options?: string;
}

/** An IPv4 packet with the checksum 0xCAFE. */
export const ipv4 = ({
	ttl = 64,
	id = 0,
	flags = 0,
	fragment = 0,
	options = '',
	...fields
}: Ipv4Fields): Uint8Array => {
	const header = new DataView(new ArrayBuffer(20));
	header.setUint8(0, 0x45 + options.length / 8);
	header.setUint16(2, 20 + options.length / 2 + fields.payload.length);
	header.setUint16(4, id);
	header.setUint16(6, (flags << 13) | fragment);
	header.setUint8(8, ttl);
	header.setUint8(9, fields.protocol);
	header.setUint16(10, 0xca_fe);
	header.setUint32(12, Number(valueOf(fields.source)));
	header.setUint32(16, Number(valueOf(fields.target)));
	return bytesOf(new Uint8Array(header.buffer), options, fields.payload);
};

export interface Ipv6Fields {
	readonly source: string;
	readonly target: string;
	readonly nextHeader: number;
	readonly payload: Uint8Array;
	readonly hopLimit?: number;
	readonly flow?: number;
}

export const ipv6 = ({hopLimit = 64, flow = 0, ...fields}: Ipv6Fields): Uint8Array => {
	const header = new DataView(new ArrayBuffer(40));
	header.setUint32(0, 0x60_00_00_00 | flow);
	header.setUint16(4, fields.payload.length);
	header.setUint8(6, fields.nextHeader);
	header.setUint8(7, hopLimit);
	for (const [at, address] of [
		[8, fields.source],
		[24, fields.target],
	] as const) {
		header.setBigUint64(at, BigInt(valueOf(address)) >> 64n);
		header.setBigUint64(at + 8, BigInt.asUintN(64, BigInt(valueOf(address))));
	}

	return bytesOf(new Uint8Array(header.buffer), fields.payload);
};

const valueOf = (address: string): number | bigint => parseAddress(address)!.value;
