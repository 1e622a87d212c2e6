import {DISCOVERY_TRIES} from '@halfopen/timing';
import {CANARY_ATTEMPTS} from './canary-ports.ts';

// The attempt of a probe says what it was sent for: tries of ports come first, then their canaries, then tries of hosts
// that are asked whether they are up, then canaries among these.

interface Retries {
	readonly maxRetries: number;
}

/** The first attempt that is a canary of a port. */
export const firstCanaryOf = ({maxRetries}: Retries): number => maxRetries + 1;

/** The first attempt that asks whether a host is up. */
export const firstDiscoveryOf = (retries: Retries): number => firstCanaryOf(retries) + CANARY_ATTEMPTS;

/** Tries that a transport must tell apart for a scan. */
export const triesFor = (retries: Retries): number =>
	firstDiscoveryOf(retries) + DISCOVERY_TRIES + CANARY_ATTEMPTS;
