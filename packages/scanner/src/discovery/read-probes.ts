import {type DiscoveryProbe, PROBE_KIND, type ProbeKind, ScanError} from '@halfopen/model';
import type {ServiceBook} from '@halfopen/services';
import {parseProtocols} from '@halfopen/targets';
import {readPorts} from '../select-ports.ts';
import type {DiscoveryProbeSpec} from './discovery-options.ts';

/** What the ports of probes are read with. */
export interface ProbeReading {
	/** Names of services. */
	readonly services: ServiceBook;
	/** Ports of TCP and UDP that are never asked. */
	readonly excludedPorts: ReadonlySet<number>;
}

type SpecKind = DiscoveryProbeSpec['kind'];

/** The kinds in the order in which they are sent: those that are answered most often go first. */
const PROBE_KINDS: Readonly<Record<SpecKind, ProbeKind>> = {
	echo: PROBE_KIND.echo,
	syn: PROBE_KIND.syn,
	ack: PROBE_KIND.ack,
	timestamp: PROBE_KIND.timestamp,
	udp: PROBE_KIND.udp,
	protocol: PROBE_KIND.protocol,
	'address-mask': PROBE_KIND.addressMask,
};

const SEND_ORDER = Object.values(PROBE_KINDS);

/** The ports that are asked when none are named. UDP goes where nothing is likely to listen: closed ports answer. */
const DEFAULT_PORTS = {syn: '80', ack: '80', udp: '40125'} as const;
const DEFAULT_PROTOCOLS = '1,2,4';

/**
 * The probes that specifications stand for, each once and in the order in which they are sent.
 * @throws ScanError `ERR_HALFOPEN_PORT`; `ERR_HALFOPEN_OPTION` for a kind that there is not
 */
export const readProbes = (
	specs: readonly DiscoveryProbeSpec[],
	reading: ProbeReading,
): readonly DiscoveryProbe[] => {
	const probes = new Map<string, DiscoveryProbe>();
	for (const spec of specs) {
		const kind = kindOf(spec);
		for (const port of portsOf(spec, reading)) {
			probes.set(`${kind}/${port}`, {kind, port});
		}
	}

	return [...probes.values()].sort((a, b) => SEND_ORDER.indexOf(a.kind) - SEND_ORDER.indexOf(b.kind));
};

const kindOf = ({kind}: DiscoveryProbeSpec): ProbeKind => {
	if (!Object.hasOwn(PROBE_KINDS, kind)) {
		const kinds = Object.keys(PROBE_KINDS).join(', ');
		throw new ScanError('ERR_HALFOPEN_OPTION', `Expected a probe of kind ${kinds}, got \`${kind}\``);
	}

	return PROBE_KINDS[kind];
};

const portsOf = (spec: DiscoveryProbeSpec, reading: ProbeReading): readonly number[] => {
	switch (spec.kind) {
		case 'syn':
		case 'ack':
		case 'udp': {
			const ports = spec.ports ?? DEFAULT_PORTS[spec.kind];
			checkNoPrefix(ports);
			return [...readPorts(ports, reading.services).ports].filter(port => !reading.excludedPorts.has(port));
		}

		case 'protocol': {
			return parseProtocols(spec.protocols ?? DEFAULT_PROTOCOLS);
		}

		default: {
			return [0];
		}
	}
};

const checkNoPrefix = (ports: string | readonly number[]): void => {
	if (typeof ports === 'string' && /[a-z]:/i.test(ports)) {
		throw new ScanError(
			'ERR_HALFOPEN_PORT',
			`Expected ports of a probe without a prefix such as \`T:\`, got \`${ports}\``,
		);
	}
};
