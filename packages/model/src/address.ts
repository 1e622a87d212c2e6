/** An IPv4 address as an unsigned 32-bit number, or an IPv6 address as an unsigned 128-bit bigint. */
export type Address =
	| {readonly family: 4; readonly value: number}
	| {readonly family: 6; readonly value: bigint; readonly zone?: string};

/** What tells two addresses apart in a `Map`: the type of the value already tells the family. */
export type AddressKey = number | bigint;

export type AddressFamily = Address['family'];

export const ipv4 = (value: number): Address => ({family: 4, value: value >>> 0});

export const ipv6 = (value: bigint, zone?: string): Address =>
	zone === undefined ? {family: 6, value} : {family: 6, value, zone};

/** One that means something on one link only (RFC 4291 §2.5.6): which one, its zone says. */
export const isLinkLocal = (address: Address): address is Address & {readonly family: 6} =>
	address.family === 6 && address.value >> 118n === 0x3_fan;

/** An IPv4 address in the form of IPv6, as in `::ffff:192.0.2.1` (RFC 4291 §2.5.5.2): a socket takes it for IPv4. */
export const isIpv4Mapped = (address: Address): boolean =>
	address.family === 6 && address.value >> 32n === 0xff_ffn;

/** The address with this key. */
export const addressOf = (key: AddressKey): Address => (typeof key === 'number' ? ipv4(key) : ipv6(key));

/**
 * Reads one address: dotted decimal with four parts, or IPv6 text (RFC 4291 §2.2) with an optional zone.
 * Returns `undefined` for anything else, the short and octal IPv4 forms of `inet_aton` included.
 */
export const parseAddress = (text: string): Address | undefined => {
	if (!text.includes(':')) {
		const value = parseIpv4(text);
		return value === undefined ? undefined : ipv4(value);
	}

	const [literal, zone, ...rest] = text.split('%');
	if (rest.length > 0 || zone === '') {
		return undefined;
	}

	const value = parseIpv6(literal);
	return value === undefined ? undefined : ipv6(value, zone);
};

/** Dotted decimal, or the canonical IPv6 form of RFC 5952. */
export const formatAddress = (address: Address): string => {
	if (address.family === 4) {
		return formatIpv4(address.value);
	}

	const text = formatIpv6(address.value);
	return address.zone === undefined ? text : `${text}%${address.zone}`;
};

/** The text of the address with this key. */
export const formatAddressKey = (key: AddressKey): string =>
	typeof key === 'number' ? formatIpv4(key) : formatIpv6(key);

const formatIpv4 = (value: number): string =>
	`${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;

const parseIpv4 = (text: string): number | undefined => {
	const parts = text.split('.');
	if (parts.length !== 4 || !parts.every(part => /^\d{1,3}$/.test(part) && Number(part) <= 255)) {
		return undefined;
	}

	return parts.reduce((value, part) => value * 256 + Number(part), 0);
};

const parseIpv6 = (text: string): bigint | undefined => {
	const halves = text.split('::');
	if (halves.length > 2) {
		return undefined;
	}

	const [head, tail] = halves.map((half, index) => parseGroups(half, index === halves.length - 1));
	if (head === undefined || (halves.length === 2 && tail === undefined)) {
		return undefined;
	}

	if (tail === undefined) {
		return head.length === 8 ? joinGroups(head) : undefined;
	}

	const missing = 8 - head.length - tail.length;
	return missing < 1 ? undefined : joinGroups([...head, ...Array.from({length: missing}, () => 0), ...tail]);
};

/** The 16-bit groups of one side of `::`; dotted decimal may stand for the last two of the address. */
const parseGroups = (text: string, isEnd: boolean): number[] | undefined => {
	if (text === '') {
		return [];
	}

	const groups: number[] = [];
	const parts = text.split(':');
	for (const [index, part] of parts.entries()) {
		if (isEnd && index === parts.length - 1 && part.includes('.')) {
			const value = parseIpv4(part);
			if (value === undefined) {
				return undefined;
			}

			groups.push(value >>> 16, value & 0xff_ff);
		} else if (/^[\da-f]{1,4}$/i.test(part)) {
			groups.push(Number.parseInt(part, 16));
		} else {
			return undefined;
		}
	}

	return groups.length > 8 ? undefined : groups;
};

const joinGroups = (groups: readonly number[]): bigint =>
	groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n);

const formatIpv6 = (value: bigint): string => {
	const groups = Array.from({length: 8}, (_, index) =>
		Number((value >> BigInt(112 - 16 * index)) & 0xff_ffn),
	);
	if (value >> 32n === 0xff_ffn) {
		return `::ffff:${formatIpv4(Number(value & 0xff_ff_ff_ffn))}`; // RFC 5952 §5
	}

	const zeros = longestZeroRun(groups);
	const hex = groups.map(group => group.toString(16));
	return zeros.length < 2
		? hex.join(':')
		: `${hex.slice(0, zeros.start).join(':')}::${hex.slice(zeros.start + zeros.length).join(':')}`;
};

/** The first of the longest runs of zero groups (RFC 5952 §4.2.3). */
const longestZeroRun = (groups: readonly number[]): {start: number; length: number} => {
	let best = {start: 0, length: 0};
	let start = 0;
	for (const [index, group] of groups.entries()) {
		if (group !== 0) {
			start = index + 1;
		} else if (index + 1 - start > best.length) {
			best = {start, length: index + 1 - start};
		}
	}

	return best;
};
