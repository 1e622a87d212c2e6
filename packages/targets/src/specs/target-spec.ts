import {parseAddress} from '@halfopen/model';
import {ADDRESS_BITS, blockAround, type AddressBlock} from '../sets/address-block.ts';
import {parseOctetRanges} from './octet-ranges.ts';
import {targetError} from './spec-error.ts';

/** What a target specification names: addresses, or a name that must be resolved first. */
export type TargetSpec =
	| {readonly kind: 'block'; readonly text: string; readonly block: AddressBlock}
	| {
			readonly kind: 'name';
			readonly text: string;
			readonly name: string;
			/** As in `name/28`: scan the block around the address of the name. See `blockAround`. */
			readonly prefixLength?: number;
	  };

/**
 * Reads a target specification in Nmap's grammar: an IPv4 address or octet ranges, an IPv6 address with
 * an optional zone, or a host name; each with an optional prefix length behind the last slash. Or, as masscan has it,
 * a range of two IPv4 addresses, which for Nmap would be a host name that there is not.
 *
 * It differs from Nmap on purpose where Nmap guesses:
 * - What has digits, dots, dashes, commas, stars and slashes only is never a host name, so `10.0.0`,
 *   `10.0.0.1.2` and `1.2.3.300` are errors rather than a look-up.
 * - A prefix that is too long is an error rather than a single host.
 * - Hexadecimal octets and octets with leading zeros are errors; readers disagree about their value.
 * @throws ScanError `ERR_HALFOPEN_TARGET`
 */
export const parseTarget = (text: string): TargetSpec => {
	const slash = text.lastIndexOf('/');
	const host = slash === -1 ? text : text.slice(0, slash);
	const prefix = slash === -1 ? undefined : text.slice(slash + 1);
	const address = LEADING_ZERO.test(host) ? undefined : parseAddress(host);
	if (address !== undefined) {
		const prefixLength = parsePrefixLength(prefix, ADDRESS_BITS[address.family], text);
		return {kind: 'block', text, block: blockAround(address, prefixLength)};
	}

	const range = parseAddressRange(text);
	if (range !== undefined) {
		return {kind: 'block', text, block: range};
	}

	if (NUMERIC.test(text)) {
		const prefixLength = parsePrefixLength(prefix, ADDRESS_BITS[4], text) ?? ADDRESS_BITS[4];
		return {kind: 'block', text, block: parseOctetRanges(host, prefixLength, text)};
	}

	return parseNameTarget(text, host, prefix);
};

/** Two whole addresses with a dash between, as in `192.0.2.7-192.0.2.20`; `undefined` when it is anything else. */
const parseAddressRange = (text: string): AddressBlock | undefined => {
	const [low, high, ...rest] = text.split('-');
	const [first, last] = [low, high ?? ''].map(end =>
		LEADING_ZERO.test(end) ? undefined : parseAddress(end),
	);
	if (first?.family !== 4 || last?.family !== 4 || rest.length > 0) {
		return undefined;
	}

	if (first.value > last.value) {
		throw targetError(`a range from low to high such as \`${high}-${low}\``, text, text);
	}

	return {family: 4, bounds: Uint32Array.of(first.value, last.value)};
};

/** Octal for some readers, hence not a plain address. `parseOctetRanges` says so. */
const LEADING_ZERO = /^0\d|\.0\d/;

const NUMERIC = /^[\d.,*/-]+$/;

/** Labels of letters, digits, hyphens and underscores; letters of any script, for names not yet in ASCII form. */
const HOST_NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*(?:\.[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*)*\.?$/u;

/** What `inet_aton` takes for an IPv4 address in another notation. */
const OTHER_NOTATION = /^(?:0x[\da-f]*|\d+)(?:\.(?:0x[\da-f]*|\d+))*$/i;

const MAX_NAME_LENGTH = 253; // RFC 1035 §3.1, without the root label

const parsePrefixLength = (prefix: string | undefined, bits: number, spec: string): number | undefined => {
	if (prefix === undefined) {
		return undefined;
	}

	const length = Number(prefix);
	if (!/^\d+$/.test(prefix) || length > bits) {
		throw targetError(`a prefix length between 0 and ${bits}`, prefix, spec);
	}

	return length;
};

const parseNameTarget = (text: string, name: string, prefix: string | undefined): TargetSpec => {
	if (name.includes(':')) {
		throw targetError('one IPv6 address such as `2001:db8::1`, without brackets or port', name, text);
	}

	if (OTHER_NOTATION.test(name)) {
		throw targetError('an IPv4 address in decimal', name, text);
	}

	if (!HOST_NAME.test(name) || name.length > MAX_NAME_LENGTH) {
		throw targetError('an address, a range of addresses or a host name', name, text);
	}

	const prefixLength = parsePrefixLength(prefix, ADDRESS_BITS[6], text);
	return prefixLength === undefined ? {kind: 'name', text, name} : {kind: 'name', text, name, prefixLength};
};
