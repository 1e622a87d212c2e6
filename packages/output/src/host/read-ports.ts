import type {PortResult, PortTable} from '@halfopen/model';
import {lastOf} from '../text/last-of.ts';

/** The results of a table. Each format is told of a host before the next host comes, so they are read once for all. */
export const readPorts: (ports: PortTable) => readonly PortResult[] = lastOf(ports => {
	const results: PortResult[] = [];
	for (let index = 0; index < ports.length; index++) {
		results.push(ports.at(index));
	}

	return results;
});
