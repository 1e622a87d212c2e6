import {
	PORT_STATES,
	type HostReport,
	type PortResult,
	type PortState,
	type PortTable,
	type Reason,
} from '@halfopen/model';
import {readPorts} from './read-ports.ts';
import {RangeText} from '../text/range-text.ts';

/** Ports in one state that a report counts instead of listing. */
const PORTS_PER_LEVEL = 25;

export interface HidingRules {
	readonly verbosity: number;
	readonly debugging: number;
	readonly onlyOpen: boolean;
}

/**
 * Whether a report says anything of this host: those of which no ports were asked are; hosts that are down are news only
 * to those who want more.
 */
export const isTold = ({status, ports}: HostReport, {verbosity, onlyOpen}: HidingRules): boolean =>
	status === 'down' ? verbosity > 0 && !onlyOpen : !onlyOpen || ports.length === 0 || ports.count('open') > 0;

export const hiddenStates = (
	ports: PortTable,
	{verbosity, debugging, onlyOpen}: HidingRules,
): readonly PortState[] => {
	const most = onlyOpen ? 0 : debugging > 2 ? Infinity : PORTS_PER_LEVEL * (verbosity + 1 + 20 * debugging);
	return PORT_STATES.filter(state => state !== 'open' && ports.count(state) > most);
};

/** The ports of a host: those that are listed, ascending, and those that are only counted. */
export interface SplitPorts {
	readonly listed: readonly PortResult[];
	readonly hidden: readonly HiddenState[];
}

/** Ports of one state that are not listed. */
export interface HiddenState {
	readonly state: PortState;
	readonly total: number;
	readonly reasons: readonly HiddenReason[];
}

export interface HiddenReason {
	readonly reason: Reason;
	readonly count: number;
	/** Which ports, as in `1-21,23`. */
	readonly ports: string;
}

export const splitPorts = (ports: PortTable, rules: HidingRules): SplitPorts => {
	const hidden = hiddenStates(ports, rules);
	if (hidden.length === 0) {
		return {listed: readPorts(ports), hidden: []};
	}

	const tally = new StateTally();
	const listed: PortResult[] = [];
	for (let index = 0, end = 0; index < ports.length; index = end) {
		end = ports.endOfRun(index);
		const {state, reason} = ports.at(index);
		if (hidden.includes(state)) {
			addRun(tally.portsOf(state, reason), ports, index, end);
		} else {
			for (const result of resultsOf(ports, index, end)) {
				listed.push(result); // One by one: 65,535 arguments would fill the stack
			}
		}
	}

	return {listed, hidden: tally.states()};
};

const addRun = (range: RangeText, ports: PortTable, from: number, end: number): void => {
	const first = ports.at(from).port;
	const last = ports.at(end - 1).port;
	if (last - first === end - 1 - from) {
		range.addRange(first, last);
	} else {
		for (const {port} of resultsOf(ports, from, end)) {
			range.add(port);
		}
	}
};

const resultsOf = (ports: PortTable, from: number, end: number): PortResult[] =>
	Array.from({length: end - from}, (_, place) => ports.at(from + place));

/** `971 closed tcp ports (reset), …`. */
export const formatHiddenStates = (states: readonly HiddenState[]): string =>
	states
		.flatMap(({state, total, reasons}) =>
			// The noun follows the state's total: as Nmap.
			reasons.map(({reason, count}) => `${count} ${state} tcp ${total === 1 ? 'port' : 'ports'} (${reason})`),
		)
		.join(', ');

/** Which ports are in each state for each reason, in the order in which the ports first show them. */
class StateTally {
	readonly #states = new Map<PortState, Map<Reason, RangeText>>();

	/** To add ports to, in ascending order. */
	portsOf(state: PortState, reason: Reason): RangeText {
		let reasons = this.#states.get(state);
		if (reasons === undefined) {
			this.#states.set(state, (reasons = new Map()));
		}

		let ports = reasons.get(reason);
		if (ports === undefined) {
			reasons.set(reason, (ports = new RangeText()));
		}

		return ports;
	}

	/** The most frequent state first, and in it the most frequent reason. */
	states(): HiddenState[] {
		return [...this.#states]
			.map(([state, reasons]) => ({state, total: totalOf(reasons.values()), reasons: reasonsOf(reasons)}))
			.sort((a, b) => b.total - a.total || PORT_STATES.indexOf(a.state) - PORT_STATES.indexOf(b.state));
	}
}

/** Among equally frequent reasons the one seen last goes first: as Nmap. */
const reasonsOf = (reasons: ReadonlyMap<Reason, RangeText>): HiddenReason[] =>
	[...reasons]
		.toReversed()
		.map(([reason, ports]) => ({reason, count: ports.count, ports: ports.toString()}))
		.sort((a, b) => b.count - a.count);

const totalOf = (all: Iterable<RangeText>): number => {
	let total = 0;
	for (const {count} of all) {
		total += count;
	}

	return total;
};
