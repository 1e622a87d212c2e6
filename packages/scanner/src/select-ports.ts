import {ScanError} from '@halfopen/model';
import {isListed, portsNamed, topPorts} from '@halfopen/services';
import {parsePorts} from '@halfopen/targets';
import type {ScanOptions} from './scan-options.ts';

/** How many ports a scan asks when nothing is said. */
const DEFAULT_PORT_COUNT = 1000;

const ALL_PORTS = 65_536;

/** Ports in ascending order, each once. */
export interface SelectedPorts {
	readonly ports: Uint16Array;
	readonly warnings: readonly string[];
}

/**
 * The ports that `ports` and `topPorts` ask for, without those of `excludePorts`.
 * @throws ScanError `ERR_HALFOPEN_PORT`
 */
export const selectPorts = ({
	ports,
	excludePorts,
	topPorts: count,
}: Pick<ScanOptions, 'ports' | 'excludePorts' | 'topPorts'>): SelectedPorts => {
	if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= ALL_PORTS)) {
		throw new ScanError(
			'ERR_HALFOPEN_PORT',
			`Expected topPorts between 1 and ${ALL_PORTS}, got \`${count}\``,
		);
	}

	const asked = ports === undefined ? undefined : parse(ports);
	const excluded = excludePorts === undefined ? undefined : parse(excludePorts);
	const all = asked?.ports ?? everyPort();
	const left = excluded === undefined ? all : without(all, excluded.ports);
	const wanted = count ?? (asked === undefined ? DEFAULT_PORT_COUNT : undefined);
	return {
		ports: wanted === undefined ? left : topPorts(wanted, left),
		warnings: [...(asked?.warnings ?? []), ...(excluded?.warnings ?? [])],
	};
};

const parse = (ports: string | readonly number[]): SelectedPorts =>
	typeof ports === 'string' ? parsePorts(ports, {portsNamed, isListed}) : fromList(ports);

const everyPort = (): Uint16Array => Uint16Array.from({length: ALL_PORTS}, (_, port) => port);

const without = (ports: Uint16Array, excluded: Uint16Array): Uint16Array => {
	const unwanted = new Set(excluded);
	const kept = ports.filter(port => !unwanted.has(port));
	if (kept.length === 0) {
		throw new ScanError('ERR_HALFOPEN_PORT', 'Expected at least one port that is not excluded, got none');
	}

	return kept;
};

const fromList = (ports: readonly number[]): SelectedPorts => {
	for (const port of ports) {
		if (!(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
			throw new ScanError('ERR_HALFOPEN_PORT', `Expected a port between 0 and 65535, got \`${port}\``);
		}
	}

	if (ports.length === 0) {
		throw new ScanError('ERR_HALFOPEN_PORT', 'Expected at least one port, got none');
	}

	return {ports: Uint16Array.from(new Set(ports)).sort(), warnings: []};
};
