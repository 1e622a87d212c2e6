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
	const shuffled = ascending.map(index => permutation.at(index));
	const first = new Set(options.first);
	const popular = shuffled.filter(index => first.has(ports[index]));
	const order = new Uint32Array(ports.length);
	order.set(popular);
	order.set(
		shuffled.filter(index => !first.has(ports[index])),
		popular.length,
	);
	return order;
};
