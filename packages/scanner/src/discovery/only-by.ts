import {
	type Address,
	type DiscoveryPlan,
	ipv4,
	ipv6,
	type Path,
	type ScanPlan,
	type Transport,
} from '@halfopen/model';
import type {TargetSet} from '@halfopen/targets';

/** More ranges than that are too many to look at before a scan begins. */
const MOST_RANGES = 256;

/** What alone finds hosts when every target is on a link, by the ends of their ranges; otherwise `undefined`. */
export const onlyBy = (
	targets: TargetSet,
	{neighbours}: DiscoveryPlan,
	transport: Pick<Transport, 'linkTo'>,
): ScanPlan['onlyBy'] => {
	const ends = neighbours && targets.size > 0 ? endsOf(targets) : [];
	const areOnLinks =
		ends.length > 0 &&
		ends.length <= MOST_RANGES &&
		ends.every(([first, last]) => {
			const link = linkTo(transport, first);
			return link !== undefined && linkTo(transport, last) === link;
		});
	if (!areOnLinks) {
		return undefined;
	}

	return ends[0][0].family === 4 ? 'ARP' : 'ND';
};

const linkTo = (transport: Pick<Transport, 'linkTo'>, address: Address): Path | undefined =>
	transport.linkTo?.(address);

const endsOf = (targets: TargetSet): (readonly [first: Address, last: Address])[] =>
	targets.blocks().flatMap(block => {
		if (block.family === 6) {
			return [[ipv6(block.first, block.zone), ipv6(block.last, block.zone)] as const];
		}

		const {bounds} = block;
		return Array.from(
			{length: bounds.length / 2},
			(_, range) => [ipv4(bounds[2 * range]), ipv4(bounds[2 * range + 1])] as const,
		);
	});
