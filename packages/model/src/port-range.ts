/** The ports `first` to `last`, both included; 0 ≤ first ≤ last ≤ 65,535. */
export type PortRange = {readonly first: number; readonly last: number};

/** Ports in a line of ranges, as in `22,80,8000-8100`. */
export const formatPortRanges = (ranges: readonly PortRange[]): string =>
	ranges.map(({first, last}) => (first === last ? `${first}` : `${first}-${last}`)).join(',');

/** Ascending, non-overlapping, non-adjacent ranges of the given ports. */
export const portRangesOf = (ports: Iterable<number>): PortRange[] => {
	const ranges: {first: number; last: number}[] = [];
	for (const port of [...new Set(ports)].sort((a, b) => a - b)) {
		const previous = ranges.at(-1);
		if (previous !== undefined && previous.last + 1 === port) {
			previous.last = port;
		} else {
			ranges.push({first: port, last: port});
		}
	}

	return ranges;
};
