const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/**
 * A place from 0 to below 1 for each index. However many there are, they fill the interval evenly, and in no regular order:
 * multiples of the golden ratio, modulo 1.
 */
export const spreadEvenly = (index: number): number => (index * GOLDEN_RATIO) % 1;
