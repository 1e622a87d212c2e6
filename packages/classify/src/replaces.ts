import type {PortState} from '@halfopen/model';

/**
 * Whether a new verdict takes the place of the one a port has. Evidence of the port itself beats what was said
 * about the way to it, open beats closed, and of equal states the first keeps its reason.
 */
export const replaces = (current: PortState, next: PortState): boolean => REPLACED_BY[current].includes(next);

const REPLACED_BY: {readonly [State in PortState]: readonly PortState[]} = {
	unknown: ['open', 'closed', 'filtered'],
	filtered: ['open', 'closed'],
	closed: ['open'],
	open: [],
};
