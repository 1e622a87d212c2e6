import {rounded} from '../text/rounded.ts';

/** How many probes each port took, without those that asked for hosts; `undefined` where they were not counted. */
export const probesPerPort = (
	probes: number | undefined,
	discoveryProbes: number | undefined,
	ports: number,
): number | undefined =>
	probes === undefined ? undefined : ports === 0 ? 0 : rounded((probes - (discoveryProbes ?? 0)) / ports);
