import {type Address, parseAddress} from '@halfopen/model';

/** Whether an address is in a prefix, as in `10.0.0.0/22`. Throws a `RangeError` for what is no prefix. */
export const isWithin = ({family, value}: Address, prefix: string): boolean => {
	const {base, bits} = readPrefix(prefix);
	const shift = BigInt(WIDTH[base.family] - bits);
	return family === base.family && BigInt(value) >> shift === BigInt(base.value) >> shift;
};

/** Throws a `RangeError` for what is no prefix. */
export const readPrefix = (text: string): {base: Address; bits: number} => {
	const [, address = '', length = ''] = /^([^/]+)\/(\d+)$/.exec(text) ?? [];
	const base = parseAddress(address);
	const bits = Number(length);
	if (base === undefined || bits > WIDTH[base.family]) {
		throw new RangeError(`Expected a prefix as in \`10.0.0.0/22\`, got \`${text}\``);
	}

	return {base, bits};
};

const WIDTH = {4: 32, 6: 128} as const;
