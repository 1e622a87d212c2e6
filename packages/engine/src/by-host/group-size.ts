import type {ScanLoopOptions} from './scan-state.ts';

/** Results of ports that are kept at the same time, at three bytes each, for hosts being scanned. */
const PORTS_AT_ONCE = 2 ** 23;

const FEWEST_HOSTS = 64;
const MOST_HOSTS = 4096;

/**
 * How many hosts are scanned side by side: as many as fit, so that the waits of one are filled by the others, within
 * the bounds that the user gave.
 */
export const groupSize = ({ports, minHostGroup = 1, maxHostGroup = Infinity}: ScanLoopOptions): number => {
	const fitting = Math.floor(PORTS_AT_ONCE / Math.max(1, ports.length));
	const usual = Math.min(Math.max(fitting, FEWEST_HOSTS), MOST_HOSTS);
	return Math.min(Math.max(usual, minHostGroup), maxHostGroup, MOST_NUMBERS);
};

/** Hosts are told apart by 16 bits in the window. */
const MOST_NUMBERS = 65_536;
