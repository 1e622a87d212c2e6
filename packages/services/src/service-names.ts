import {matcherFor} from './name-pattern.ts';
import {lazy, readTable} from './table.ts';

/** The usual name of the service on a TCP port, such as `ssh`; undefined when none is known. */
export const serviceName = (port: number): string | undefined => names().get(port);

/** Whether a service is known for a TCP port. */
export const isListed = (port: number): boolean => names().has(port);

/** All TCP ports with a known service, ascending. */
export const listedPorts = (): Iterable<number> => names().keys();

/**
 * TCP ports whose service name matches a pattern, ascending: `*` stands for any characters and `?` for one.
 * Case does not matter.
 */
export const portsNamed = (pattern: string): readonly number[] => {
	const matcher = matcherFor(pattern);
	return [...names()].filter(([, name]) => matcher.test(name)).map(([port]) => port);
};

/** In ascending order of ports, as the file is. */
const names = lazy(() => readTable('tcp-services.tsv'));
