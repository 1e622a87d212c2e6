import {readingOption, ScanError, type ScanOptionName} from '@halfopen/model';
import {OWN_SERVICES, type ServiceBook, serviceBookOf} from '@halfopen/services';
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
 * The ports that `ports` and `topPorts` or `portRatio` ask for, without those of `excludePorts`.
 * @throws ScanError `ERR_HALFOPEN_PORT`; `ERR_HALFOPEN_OPTION` for a ratio that nobody knows
 */
export const selectPorts = ({
	ports,
	excludePorts,
	topPorts: count,
	portRatio: ratio,
	services,
}: Pick<ScanOptions, 'ports' | 'excludePorts' | 'topPorts' | 'portRatio' | 'services'>): SelectedPorts => {
	checkPopularity(count, ratio);
	const book = services === undefined ? OWN_SERVICES : serviceBookOf(services);
	const asked = ports === undefined ? undefined : readingOption('ports', () => readPorts(ports, book));
	const excluded = readExcluded(excludePorts, book);
	const all = asked?.ports ?? everyPort();
	const left = excluded === undefined ? all : without(all, excluded.ports);
	const wanted = count ?? (asked === undefined && ratio === undefined ? DEFAULT_PORT_COUNT : undefined);
	return {
		ports: atRatio(wanted === undefined ? left : ranked(book.topPorts(wanted, left)), ratio, book),
		warnings: [...(asked?.warnings ?? []), ...(excluded?.warnings ?? [])],
	};
};

/**
 * Ports as the options give them: a specification, or numbers.
 * @throws ScanError `ERR_HALFOPEN_PORT`
 */
export const readPorts = (ports: string | readonly number[], book: ServiceBook): SelectedPorts =>
	typeof ports === 'string' ? parsePorts(ports, book) : fromList(ports);

/** The ports of `excludePorts`. */
export const readExcluded = (
	ports: string | readonly number[] | undefined,
	book: ServiceBook,
): SelectedPorts | undefined =>
	ports === undefined ? undefined : readingOption('excludePorts', () => readPorts(ports, book));

const checkPopularity = (count: number | undefined, ratio: number | undefined): void => {
	if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= ALL_PORTS)) {
		throw portError('topPorts', `Expected 1 to ${ALL_PORTS} ports, got \`${count}\``);
	}

	if (ratio !== undefined && !(ratio >= 0 && ratio < 1)) {
		throw portError('portRatio', `Expected a share from 0 to below 1, got \`${ratio}\``);
	}
};

/** A list of the user's may rank none of the ports that were asked for. */
const ranked = (ports: Uint16Array): Uint16Array => {
	if (ports.length === 0) {
		throw portError('services', 'Expected at least one of the ports that are asked for, got none');
	}

	return ports;
};

const atRatio = (ports: Uint16Array, ratio: number | undefined, book: ServiceBook): Uint16Array => {
	if (ratio === undefined) {
		return ports;
	}

	const frequent = book.portsAtRatio(ratio, ports);
	if (frequent === undefined) {
		throw new ScanError(
			'ERR_HALFOPEN_OPTION',
			'Expected `services` that say how often ports are open, got none',
			{option: 'portRatio'},
		);
	}

	if (frequent.length === 0) {
		throw portError('portRatio', `Expected a port that is open at a ratio of ${ratio}, got none`);
	}

	return frequent;
};

const portError = (option: ScanOptionName, problem: string): ScanError =>
	new ScanError('ERR_HALFOPEN_PORT', problem, {option});

const everyPort = (): Uint16Array => Uint16Array.from({length: ALL_PORTS}, (_, port) => port);

const without = (ports: Uint16Array, excluded: Uint16Array): Uint16Array => {
	const unwanted = new Set(excluded);
	const kept = ports.filter(port => !unwanted.has(port));
	if (kept.length === 0) {
		throw portError('excludePorts', 'Expected to leave at least one port, got none');
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
