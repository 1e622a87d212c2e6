import type {ScanOptions} from './scan-options.ts';

/**
 * The target specifications of a scan: those given, or the hosts of a simulated network.
 * @throws ScanError `ERR_HALFOPEN_OPTION` when the simulated network is not described as it should be
 */
export const targetSpecs = async ({targets, simulate}: ScanOptions): Promise<readonly string[]> => {
	const given = typeof targets === 'string' ? [targets] : targets;
	if (simulate === undefined) {
		return given;
	}

	const {checkNetwork} = await import('@halfopen/simulator');
	const {hosts} = checkNetwork(simulate);
	return given.length > 0 ? given : hosts.map(({address}) => address);
};

/** What is never to be asked. */
export const excludedSpecs = ({exclude = []}: ScanOptions): readonly string[] =>
	typeof exclude === 'string' ? [exclude] : exclude;
