/** As many digits as an estimate is worth. */
const DIGITS = 6;

/** A measured number without the digits that mean nothing. */
export const rounded = (value: number): number => Number(value.toPrecision(DIGITS));
