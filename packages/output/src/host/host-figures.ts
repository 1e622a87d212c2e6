import type {HostReport} from '@halfopen/model';
import {lastOf} from '../text/last-of.ts';
import {rounded} from '../text/rounded.ts';
import {probesPerPort} from './probes-per-port.ts';

/** What was measured of a host, as several formats show it: with the digits that mean something. */
export interface HostFigures {
	readonly probesPerPort: number | undefined;
	readonly loss: number | undefined;
	readonly expectedMissed: number | undefined;
}

/** Each format is told of a host before the next host comes, so they are worked out once for all. */
export const figuresOf: (report: HostReport) => HostFigures = lastOf(
	({probesSent, discoveryProbes, ports, loss, expectedMissed}: HostReport) => ({
		probesPerPort: probesPerPort(probesSent, discoveryProbes, ports.length),
		loss: loss === undefined ? undefined : rounded(loss),
		expectedMissed: expectedMissed === undefined ? undefined : rounded(expectedMissed),
	}),
);
