import {formatAddressKey} from '@halfopen/model';

const ARP_BYTES = 28;
const ETHERNET_AND_IPV4 = 0x00_01_08_00;
const REQUEST = 1;
const REPLY = 2;

/** Reads an ARP packet (RFC 826) about IPv4 over Ethernet into words; `undefined` for anything else. */
export const formatArp = (bytes: Uint8Array): string | undefined => {
	if (bytes.length < ARP_BYTES) {
		return undefined;
	}

	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (view.getUint32(0) !== ETHERNET_AND_IPV4 || view.getUint16(4) !== 0x06_04) {
		return undefined;
	}

	const sender = formatAddressKey(view.getUint32(14));
	const target = formatAddressKey(view.getUint32(24));
	switch (view.getUint16(6)) {
		case REQUEST: {
			return `ARP who-has ${target} tell ${sender}`;
		}

		case REPLY: {
			return `ARP reply ${sender} is-at ${macText(bytes, 8).toUpperCase()}`;
		}

		default: {
			return undefined;
		}
	}
};

const SOLICITATION = 135;
const ADVERTISEMENT = 136;
const OPTION_UNIT = 8;
/** The option with the link-layer address of the target (RFC 4861 §4.6.1). */
const TARGET_ADDRESS = 2;

/** What a neighbour solicitation asks or an advertisement says (RFC 4861); `undefined` for any other ICMPv6 message. */
export const neighbourWords = (message: Uint8Array): string | undefined => {
	const [type] = message;
	if ((type !== SOLICITATION && type !== ADVERTISEMENT) || message.length < OPTIONS_AT) {
		return undefined;
	}

	const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
	const target = formatAddressKey((view.getBigUint64(8) << 64n) | view.getBigUint64(16));
	if (type === SOLICITATION) {
		return `who has ${target}`;
	}

	const mac = targetMac(message);
	return mac === undefined ? `${target} has no link-layer address` : `${target} is at ${mac}`;
};

const OPTIONS_AT = 24;

const targetMac = (message: Uint8Array): string | undefined => {
	let at = OPTIONS_AT;
	while (at + OPTION_UNIT <= message.length && message[at + 1] > 0) {
		if (message[at] === TARGET_ADDRESS) {
			return macText(message, at + 2);
		}

		at += message[at + 1] * OPTION_UNIT;
	}

	return undefined;
};

const macText = (bytes: Uint8Array, at: number): string =>
	Array.from(bytes.subarray(at, at + 6), byte => byte.toString(16).padStart(2, '0')).join(':');
