import {formatAddress, ipv6, ScanError} from '@halfopen/model';
import type {Ipv6Block, TargetSet} from '@halfopen/targets';

/**
 * Answers name an address and not the link that they came by: an address can be asked in one zone only.
 * @throws ScanError `ERR_HALFOPEN_TARGET` when one is asked for in two
 */
export const checkZones = (targets: TargetSet): void => {
	const blocks = ipv6Of(targets);
	if (!blocks.some(({zone}) => zone !== undefined)) {
		return;
	}

	let furthest: Ipv6Block | undefined;
	for (const block of blocks.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
		if (furthest !== undefined && block.first <= furthest.last) {
			const [one, other] = [furthest, block].map(({zone}) => formatAddress(ipv6(block.first, zone)));
			throw new ScanError(
				'ERR_HALFOPEN_TARGET',
				`Expected each address in one zone, got \`${one}\` and \`${other}\`: answers do not tell by which link they came, so scan one zone after the other`,
			);
		}

		furthest = furthest === undefined || block.last > furthest.last ? block : furthest;
	}
};

/** Whether an address of the set is that of one link. */
export const hasZones = (targets: TargetSet): boolean => ipv6Of(targets).some(({zone}) => zone !== undefined);

const ipv6Of = (targets: TargetSet): Ipv6Block[] => targets.blocks().filter(block => block.family === 6);
