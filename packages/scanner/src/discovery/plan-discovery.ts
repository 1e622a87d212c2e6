import {type DiscoveryPlan, readingOption, ScanError, WITHOUT_DISCOVERY} from '@halfopen/model';
import {OWN_SERVICES, serviceBookOf} from '@halfopen/services';
import type {ScanOptions} from '../scan-options.ts';
import {readExcluded} from '../select-ports.ts';
import type {DiscoveryOptions, DiscoveryProbeSpec} from './discovery-options.ts';
import {type ProbeReading, readProbes} from './read-probes.ts';

/** How hosts are found, and what the user should know about it. */
export interface PlannedDiscovery {
	readonly plan: DiscoveryPlan;
	readonly warnings: readonly string[];
}

/** What targets are sent that are not asked by ARP or neighbour discovery, when nothing is said. */
const USUAL_PROBES: readonly DiscoveryProbeSpec[] = [
	{kind: 'echo'},
	{kind: 'syn', ports: [443]},
	{kind: 'ack', ports: [80]},
];

/** Over IPv4 besides: some that drop echo requests do not think of this. */
const USUAL_PROBES_V4: readonly DiscoveryProbeSpec[] = [...USUAL_PROBES, {kind: 'timestamp'}];

/** What connections are tried to, where raw packets are not allowed. */
const USUAL_CONNECTIONS: DiscoveryProbeSpec = {kind: 'syn', ports: [80, 443]};

/** Whether it is asked which hosts are up before their ports are scanned. */
export const asksFirst = ({discovery}: Pick<ScanOptions, 'discovery'>): boolean =>
	discovery !== false && discovery?.probes?.length !== 0;

/** Whether hosts are found and nothing else. */
export const isOnlyDiscovery = ({discovery}: Pick<ScanOptions, 'discovery'>): boolean =>
	discovery !== undefined && discovery !== false && discovery.only === true;

/**
 * The plan that the options ask for. `scanType` says what can be sent; `problem` why raw packets cannot, when they are
 * not allowed.
 * @throws ScanError `ERR_HALFOPEN_PORT`; `ERR_HALFOPEN_OPTION` for probes that the version of IP or the scan type has not
 * got; `problem` for those that need raw packets
 */
export const planDiscovery = (
	options: ScanOptions,
	scanType: 'syn' | 'connect',
	problem?: ScanError,
): PlannedDiscovery => {
	const {discovery, family = 4, send} = options;
	if (discovery === false) {
		return {plan: WITHOUT_DISCOVERY, warnings: []};
	}

	const {probes: specs, neighbours = true, ignoreResets = false, only = false} = discovery ?? {};
	checkFamily(specs, family);
	const {wanted, warnings} =
		scanType === 'connect'
			? connectionsFor(specs, problem)
			: {wanted: specs ?? (family === 4 ? USUAL_PROBES_V4 : USUAL_PROBES), warnings: []};
	const reading = readingOf(options);
	const probes = readingOption('discovery', () => readProbes(wanted, reading));
	const asksNobody = only && wanted.length === 0; // As `-sn -Pn`
	if (probes.length === 0 && wanted.length > 0) {
		throw new ScanError(
			'ERR_HALFOPEN_PORT',
			'Expected a probe to find hosts by whose port is not excluded, got none',
			{option: 'discovery'},
		);
	}

	return {
		plan: {
			probes,
			neighbours: neighbours && scanType === 'syn' && send !== 'ip' && !asksNobody,
			ignoreResets,
			only,
		},
		warnings,
	};
};

const checkFamily = (specs: DiscoveryOptions['probes'] = [], family: 4 | 6): void => {
	const spec = specs.find(({kind}) => kind === 'timestamp' || kind === 'address-mask');
	if (family === 6 && spec !== undefined) {
		throw new ScanError(
			'ERR_HALFOPEN_OPTION',
			`Expected probes that IPv6 has, got \`${spec.kind}\`, which is of IPv4 only`,
			{option: 'discovery'},
		);
	}
};

const readingOf = ({services, excludePorts}: ScanOptions): ProbeReading => {
	const book = services === undefined ? OWN_SERVICES : serviceBookOf(services);
	return {
		services: book,
		excludedPorts: new Set(readExcluded(excludePorts, book)?.ports),
	};
};

/** Connections in the place of SYNs and ACKs, and of what only raw packets can ask. */
const connectionsFor = (
	specs: DiscoveryOptions['probes'] = [USUAL_CONNECTIONS],
	problem: ScanError | undefined,
): {readonly wanted: readonly DiscoveryProbeSpec[]; readonly warnings: readonly string[]} => {
	const impossible = specs.find(({kind}) => kind === 'udp' || kind === 'protocol');
	if (impossible !== undefined) {
		throw needsRawPackets(impossible.kind, problem);
	}

	const connections = specs.flatMap(spec =>
		spec.kind === 'syn' || spec.kind === 'ack' ? [asConnections(spec)] : [],
	);
	return {
		wanted: specs.length > 0 && connections.length === 0 ? [USUAL_CONNECTIONS] : connections,
		warnings:
			connections.length < specs.length
				? ['Without raw packets there are no ICMP probes: hosts are found by connections instead']
				: [],
	};
};

const asConnections = ({
	ports,
}: DiscoveryProbeSpec & {readonly kind: 'syn' | 'ack' | 'udp'}): DiscoveryProbeSpec => ({
	kind: 'syn',
	...(ports !== undefined && {ports}),
});

const needsRawPackets = (kind: string, problem: ScanError | undefined): ScanError =>
	problem === undefined
		? new ScanError(
				'ERR_HALFOPEN_OPTION',
				`Expected probes of kind syn or ack in a connect scan, got \`${kind}\`, which needs raw packets`,
				{option: 'discovery'},
			)
		: new ScanError(problem.code, `Probes of kind \`${kind}\` need raw packets. ${problem.message}`);
