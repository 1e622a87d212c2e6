/** As many digits as an estimate is worth. */
const DIGITS = 6;

/** A measured number without the digits that mean nothing. */
export const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/** How many probes each port took, without those that asked for hosts; `undefined` where they were not counted. */
export const probesPerPort = (
	probes: number | undefined,
	discoveryProbes: number | undefined,
	ports: number,
): number | undefined =>
	probes === undefined ? undefined : ports === 0 ? 0 : rounded((probes - (discoveryProbes ?? 0)) / ports);
