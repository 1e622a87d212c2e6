import {ScanError, formatAddress, type Address} from '@halfopen/model';
import type {FoundRoute} from './routes.ts';

/** How packets of a path leave. */
export type SendMethod =
	/** The kernel does everything. */
	| 'ip'
	/** We hand over frames, once we know whom to address them to. */
	| 'packet'
	/** The kernel does everything, but only after it knows the neighbour it loses no packets. */
	| 'ip-to-neighbour';

/** What the user asks for. */
export type SendChoice = 'auto' | 'ip' | 'packet';

/** The way to send on a route; `undefined` when the choice is not possible there. */
export const sendMethodFor = ({route, through}: FoundRoute, choice: SendChoice): SendMethod | undefined => {
	// Frames that we inject into the loopback device are refused as martians, so it is left to the kernel.
	if (route.local || through.type === 'loopback') {
		return 'ip';
	}

	if (through.type !== 'ethernet') {
		return choice === 'packet' ? undefined : 'ip';
	}

	return choice === 'ip' ? 'ip-to-neighbour' : 'packet';
};

/**
 * The way to send to an address on its route.
 * @throws ScanError `ERR_HALFOPEN_INTERFACE` when the choice is not possible there
 */
export const methodFor = (target: Address, found: FoundRoute, choice: SendChoice): SendMethod => {
	const method = sendMethodFor(found, choice);
	if (method === undefined) {
		throw new ScanError(
			'ERR_HALFOPEN_INTERFACE',
			`Cannot reach ${formatAddress(target)}: ${found.through.name} takes no Ethernet frames; send with \`ip\``,
		);
	}

	return method;
};
