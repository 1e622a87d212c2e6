import type {DiscoveryOptions} from './discovery/discovery-options.ts';
import {type Scan, scan} from './scan.ts';
import type {ScanOptions} from './scan-options.ts';

/** Which hosts to look for, and how: what a scan takes, without what is about ports. */
export interface DiscoverOptions extends Omit<
	ScanOptions,
	'ports' | 'topPorts' | 'portRatio' | 'portEvents' | 'discovery' | OfSweeps
> {
	/** By what probes; by default as before a scan. `false` takes all to be up, and asks those on the link. */
	readonly discovery?: Omit<DiscoveryOptions, 'only'> | false;
}

/** What sweeps have, which find ports rather than hosts. */
type OfSweeps = 'order' | 'shard' | 'pairs' | 'results' | 'resultsBudget';

/**
 * Finds hosts, and scans no ports. The events are those of `scan`: a `host` for each target, up or down, as soon as that
 * is known, with a report that has no ports.
 *
 * ```ts
 * for await (const event of discover({targets: '192.0.2.0/24'})) {
 * 	if (event.type === 'host' && event.report.status === 'up') {
 * 		console.log(formatAddress(event.report.address), event.report.reason);
 * 	}
 * }
 * ```
 */
export const discover = ({discovery = {}, ...options}: DiscoverOptions): Scan =>
	scan({
		...options,
		discovery: {...(discovery === false ? {probes: []} : discovery), only: true},
	});
