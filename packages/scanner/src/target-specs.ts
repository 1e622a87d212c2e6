import {parseAddress, readingOption} from '@halfopen/model';
import {type Ipv4Block, partsOf, type TargetList} from '@halfopen/targets';
import type {ScanOptions} from './scan-options.ts';

/** A specification still to be parsed, or addresses that were understood when a list was read. */
export type TargetPart = string | Ipv4Block;

/**
 * The targets of a scan: those given, or the hosts of a simulated network in the version of IP that is scanned.
 * @throws ScanError `ERR_HALFOPEN_OPTION` when the simulated network is not described as it should be
 */
export const targetSpecs = async ({
	targets,
	simulate,
	family = 4,
}: ScanOptions): Promise<readonly TargetPart[]> => {
	if (simulate === undefined) {
		return partsIn(targets);
	}

	const {checkNetwork} = await import('@halfopen/simulator');
	const {hosts} = readingOption('simulate', () => checkNetwork(simulate));
	return targets.length > 0
		? partsIn(targets)
		: hosts.map(({address}) => address).filter(text => parseAddress(text)?.family === family);
};

/** What is never to be asked. */
export const excludedSpecs = ({exclude = []}: ScanOptions): readonly TargetPart[] => partsIn(exclude);

const partsIn = (given: string | readonly string[] | TargetList): readonly TargetPart[] => {
	if (typeof given === 'string') {
		return [given];
	}

	return 'ranges' in given ? [...partsOf(given)] : given;
};
