import {PortSet} from '../specs/port-set.ts';
import {Permutation} from './permutation.ts';

/**
 * The order in which the ports of a host are asked, as indices into `ports`: those named in `first` before
 * the others, each part shuffled by the seed; or ascending when `sequential`.
 */
export const portOrder = (
	ports: Uint16Array,
	options: {readonly seed: bigint; readonly sequential: boolean; readonly first: readonly number[]},
): Uint32Array => {
	const ascending = Uint32Array.from(ports.keys());
	if (options.sequential) {
		return ascending;
	}

	const permutation = new Permutation(ports.length, options.seed);
	const first = new PortSet();
	for (const port of options.first) {
		first.add(port);
	}

	const order = new Uint32Array(ports.length);
	let popular = 0;
	let other = ports.reduce((count, port) => count + (first.has(port) ? 1 : 0), 0);
	for (let index = 0; index < ports.length; index++) {
		const port = permutation.at(index);
		order[first.has(ports[port]) ? popular++ : other++] = port;
	}

	return order;
};
