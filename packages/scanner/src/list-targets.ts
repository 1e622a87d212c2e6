import {type HostReport, micros, NOT_BEGUN, NOTHING_SENT, portTableOf, type ScanEvent} from '@halfopen/model';
import {checkOptions} from './check-options.ts';
import {type EventBatches, withTypedName} from './name-reports.ts';
import {resolveTargets} from './resolve-targets.ts';
import {checkServers, ReverseNames} from './reverse-names.ts';
import type {Scan} from './scan.ts';
import type {ScanOptions} from './scan-options.ts';
import {singly} from './single-events.ts';
import {excludedSpecs, targetSpecs} from './target-specs.ts';

/**
 * A scan that asks nobody: a report for each target, with its names and without ports. Needs no privilege, and sends
 * nothing but questions to name servers.
 */
export const listTargets = (options: ScanOptions): Scan => {
	const batches = (): EventBatches => listBatches(options);
	return {
		batches,
		[Symbol.asyncIterator]: () => singly(batches()),
		progress: () => NOT_BEGUN,
		setRate: () => {},
		tell: () => {},
	};
};

async function* listBatches(options: ScanOptions): EventBatches {
	const {
		resolveAll = false,
		family = 4,
		ipv6Patterns: patterns,
		reverseNames = 'never',
		dnsServers,
		systemDns = false,
		signal,
	} = options;
	const startedAt = Date.now();
	checkOptions(options);
	checkServers(dnsServers ?? []);
	const {targets, names, warnings} = await resolveTargets(
		await targetSpecs(options),
		excludedSpecs(options),
		{family, everyAddress: resolveAll, ...(patterns !== undefined && {patterns})},
	);
	if (warnings.length > 0) {
		yield warnings.map(message => ({type: 'warning', message}));
	}

	const isEnded = (): boolean => signal?.aborted === true;
	const reverse = new ReverseNames({
		...(dnsServers !== undefined && {servers: dnsServers}),
		bySystem: systemDns,
	});
	try {
		for (let told = 0; told < targets.size && !isEnded(); told += BATCH) {
			const count = Math.min(BATCH, targets.size - told);
			yield await Promise.all(
				Array.from({length: count}, async (_, index): Promise<ScanEvent> => {
					const address = targets.at(told + index);
					const name = reverseNames === 'never' ? undefined : await reverse.lookUp(address);
					const report = {...UNASKED, startedAt, endedAt: startedAt, address};
					return {
						type: 'host',
						report: withTypedName(name === undefined ? report : {...report, reverseName: name}, names),
					};
				}),
			);
		}
	} finally {
		await reverse.close();
	}

	const elapsed = micros((Date.now() - startedAt) * 1000);
	yield [{type: 'end', summary: {...NOTHING_SENT, hostsTotal: targets.size, elapsed}}];
}

/** Reports in one batch, whose names are looked up at the same time. */
const BATCH = 256;

const NO_PORTS = portTableOf([]);

const UNASKED: Omit<HostReport, 'address' | 'startedAt' | 'endedAt'> = {
	status: 'unknown',
	reason: 'user-set',
	ttl: 0,
	probesSent: 0,
	ports: NO_PORTS,
};
