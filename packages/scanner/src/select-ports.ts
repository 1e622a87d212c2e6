import {ScanError} from '@halfopen/model';
import {isListed, portsNamed, topPorts} from '@halfopen/services';
import {parsePorts} from '@halfopen/targets';
import type {ScanOptions} from './scan-options.ts';

/** How many ports a scan asks when nothing is said. */
const DEFAULT_PORT_COUNT = 1000;

/** Ports in ascending order, each once. */
export interface SelectedPorts {
	readonly ports: Uint16Array;
	readonly warnings: readonly string[];
}

/**
 * The ports that `ports` and `topPorts` ask for.
 * @throws ScanError `ERR_HALFOPEN_PORT`
 */
export const selectPorts = ({
	ports,
	topPorts: count,
}: Pick<ScanOptions, 'ports' | 'topPorts'>): SelectedPorts => {
	if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= 65_536)) {
		throw new ScanError('ERR_HALFOPEN_PORT', `Expected topPorts between 1 and 65536, got \`${count}\``);
	}

	if (ports === undefined) {
		return {ports: topPorts(count ?? DEFAULT_PORT_COUNT), warnings: []};
	}

	const selected = typeof ports === 'string' ? parsePorts(ports, {portsNamed, isListed}) : fromList(ports);
	return count === undefined ? selected : {...selected, ports: topPorts(count, selected.ports)};
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
