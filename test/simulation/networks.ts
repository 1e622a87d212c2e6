import {MILLISECOND, type Micros, micros, type PortState} from '@halfopen/model';
import type {PortBehaviour, SimulatedHost} from '@halfopen/simulator';

export const milliseconds = (count: number): Micros => micros(count * MILLISECOND);

/** `count` numbers from `first` on: 1, 2, 3 … */
export const numbers = (count: number, first = 1): number[] =>
	Array.from({length: count}, (_, index) => first + index);

/** Hosts of one kind, at 10.0.0.1 and up. */
export const hosts = (count: number, host: Omit<SimulatedHost, 'address'> = {}): SimulatedHost[] =>
	Array.from({length: count}, (_, index) => ({
		address: `10.0.${(index + 1) >> 8}.${(index + 1) & 0xff}`,
		...host,
	}));

/** What the ports of a host do, for ports from 1 to 100 or more. */
export type Mix = 'mostly closed' | 'half silent' | 'silent but 3' | 'all silent';

const OPEN_PORTS = '22,53,80';

/** Hosts with three open ports and some silent ones, but for the mix of which all are silent. */
export const MIXES: Record<Mix, Pick<SimulatedHost, 'ports' | 'otherPorts'>> = {
	'mostly closed': {ports: {[OPEN_PORTS]: 'open', '90-91': 'silent'}},
	'half silent': {ports: {[OPEN_PORTS]: 'open', '1-21': 'silent', '101-550': 'silent', '61-79': 'silent'}},
	'silent but 3': {ports: {[OPEN_PORTS]: 'open'}, otherPorts: 'silent'},
	'all silent': {otherPorts: 'silent'},
};

/** The state that a scan should find. */
export const stateOf = (behaviour: PortBehaviour): PortState =>
	typeof behaviour === 'object' ? 'filtered' : STATES[behaviour];

const STATES: Record<Exclude<PortBehaviour, object>, PortState> = {
	open: 'open',
	closed: 'closed',
	silent: 'filtered',
	'split-handshake': 'open',
};
