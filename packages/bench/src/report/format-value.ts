import type {Unit} from '../measurement.ts';

/** A value with its unit, in three digits: `12.3 M/s`, `0.02 %`, `1.50 ms`. */
export const formatValue = (value: number, unit: Unit): string => {
	const {factor, prefix} = unit === '/s' || COUNTED.has(unit) ? scaleOf(value) : PLAIN;
	const text = threeDigits(value / factor);
	return unit === '/s' ? `${text} ${prefix}/s` : `${text}${prefix && ` ${prefix}`} ${unit}`;
};

const COUNTED: ReadonlySet<Unit> = new Set(['packets', 'ports']);

const PLAIN = {factor: 1, prefix: ''};
const SCALES = [
	{factor: 1e6, prefix: 'M'},
	{factor: 1e4, prefix: 'k', divisor: 1e3},
];

const scaleOf = (value: number): {factor: number; prefix: string} => {
	const scale = SCALES.find(({factor}) => value >= factor);
	return scale === undefined ? PLAIN : {factor: scale.divisor ?? scale.factor, prefix: scale.prefix};
};

const threeDigits = (value: number): string => {
	const size = Math.abs(value);
	if (size === 0 || size >= 100) {
		return value.toFixed(0);
	}

	return value.toFixed(size >= 10 ? 1 : size >= 0.01 ? 2 : 4);
};
