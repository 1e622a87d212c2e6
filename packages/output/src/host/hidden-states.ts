import {PORT_STATES, type PortState, type PortTable, type Reason} from '@halfopen/model';

/** Ports in one state that a report counts instead of listing. */
const PORTS_PER_LEVEL = 25;

export interface HidingRules {
	readonly verbosity: number;
	readonly debugging: number;
	readonly onlyOpen: boolean;
}

export const hiddenStates = (ports: PortTable, rules: HidingRules): ReadonlySet<PortState> => {
	const most =
		rules.debugging > 2 ? Infinity : PORTS_PER_LEVEL * (rules.verbosity + 1 + 20 * rules.debugging);
	return new Set(
		PORT_STATES.filter(state => state !== 'open' && ports.count(state) > (rules.onlyOpen ? 0 : most)),
	);
};

/** How many ports are in each state for each reason, in the order in which the ports first show them. */
export class StateTally {
	readonly #states = new Map<PortState, Map<Reason, number>>();

	add(state: PortState, reason: Reason): void {
		const reasons = this.#states.get(state) ?? new Map<Reason, number>();
		this.#states.set(state, reasons.set(reason, (reasons.get(reason) ?? 0) + 1));
	}

	/** `971 closed tcp ports (reset), …`: the most frequent state first, and in it the most frequent reason. */
	toString(): string {
		return [...this.#states]
			.map(([state, reasons]) => ({state, reasons, total: sum(reasons.values())}))
			.sort((a, b) => b.total - a.total || PORT_STATES.indexOf(a.state) - PORT_STATES.indexOf(b.state))
			.flatMap(({state, reasons, total}) => formatReasons(state, reasons, total))
			.join(', ');
	}
}

/** Among equally frequent reasons the one seen last goes first, and the noun follows the state's total: as Nmap. */
const formatReasons = (state: PortState, reasons: ReadonlyMap<Reason, number>, total: number): string[] =>
	[...reasons]
		.toReversed()
		.sort(([, a], [, b]) => b - a)
		.map(([reason, count]) => `${count} ${state} tcp ${total === 1 ? 'port' : 'ports'} (${reason})`);

const sum = (values: Iterable<number>): number => {
	let total = 0;
	for (const value of values) {
		total += value;
	}

	return total;
};
