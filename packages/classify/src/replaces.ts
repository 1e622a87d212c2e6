import type {PortState, Verdict} from '@halfopen/model';

/**
 * Whether a new verdict takes the place of the one a port has. Evidence of the port itself beats what was said
 * about the way to it, open beats closed, an ICMP error beats mere silence, and otherwise the first of equal states
 * keeps its reason.
 */
export const replaces = (current: Verdict, next: Verdict): boolean =>
	REPLACED_BY[current.state].includes(next.state) || explainsSilence(current, next);

const REPLACED_BY: {readonly [State in PortState]: readonly PortState[]} = {
	unknown: ['open', 'closed', 'filtered'],
	filtered: ['open', 'closed'],
	closed: ['open'],
	open: [],
};

/** An ICMP error that comes late says why a port was silent. */
const explainsSilence = (current: Verdict, next: Verdict): boolean =>
	current.state === 'filtered' &&
	next.state === 'filtered' &&
	current.reason === 'no-response' &&
	next.reason !== 'no-response';
