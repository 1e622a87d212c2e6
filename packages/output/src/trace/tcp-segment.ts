import {formatTcpOptions} from './tcp-options.ts';

export interface TcpSegment {
	readonly sourcePort: number;
	readonly targetPort: number;
	readonly sequence: number;
	readonly acknowledgement: number;
	/** In words of four bytes. */
	readonly dataOffset: number;
	readonly reserved: number;
	/** Flags as letters, in the order of the bits from FIN on. */
	readonly flags: string;
	readonly window: number;
	readonly checksum: number;
	readonly urgentPointer: number;
	/** Options in words; empty when there are none. */
	readonly options: string;
}

const TCP_MIN_BYTES = 20;
/** Letters of the flag bits (RFC 9293 §3.1) from the lowest on: FIN SYN RST PSH ACK URG ECE CWR. */
const FLAG_LETTERS = ['F', 'S', 'R', 'P', 'A', 'U', 'E', 'C'] as const;

/** Reads a TCP header; `undefined` when less than its fixed part is there. */
export const parseTcpSegment = (bytes: Uint8Array): TcpSegment | undefined => {
	if (bytes.length < TCP_MIN_BYTES) {
		return undefined;
	}

	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const dataOffset = bytes[12] >> 4;
	return {
		sourcePort: view.getUint16(0),
		targetPort: view.getUint16(2),
		sequence: view.getUint32(4),
		acknowledgement: view.getUint32(8),
		dataOffset,
		reserved: bytes[12] & 15,
		flags: FLAG_LETTERS.filter((_, bit) => (bytes[13] & (1 << bit)) !== 0).join(''),
		window: view.getUint16(14),
		checksum: view.getUint16(16),
		urgentPointer: view.getUint16(18),
		options: formatTcpOptions(bytes.subarray(TCP_MIN_BYTES, Math.max(TCP_MIN_BYTES, dataOffset * 4))),
	};
};
