import type {Address} from '@halfopen/model';

/** A link-layer address for a host that has none of its own: locally administered, with the low bits of its address. */
export const macOf = ({value}: Address): string => {
	const low = BigInt(value) & 0xff_ff_ff_ffn;
	const bytes = [0x02, 0x00, ...[24n, 16n, 8n, 0n].map(shift => Number((low >> shift) & 0xffn))];
	return bytes.map(byte => byte.toString(16).padStart(2, '0')).join(':');
};
