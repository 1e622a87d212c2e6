import type {PortBehaviour, SimulatedHost} from './simulated-network.ts';

type Rule = {readonly first: number; readonly last: number; readonly behaviour: PortBehaviour};

/** What each port of a host does. */
export class PortBehaviours {
	readonly #rules: readonly Rule[];
	readonly #others: PortBehaviour;

	/** Throws a `RangeError` for ranges that are malformed or overlap. */
	constructor({ports = {}, otherPorts = 'closed'}: SimulatedHost) {
		this.#rules = Object.entries(ports).flatMap(([ranges, behaviour]) =>
			ranges.split(',').map(range => ({...parseRange(range), behaviour})),
		);
		this.#others = otherPorts;
		refuseOverlaps(this.#rules);
	}

	of(port: number): PortBehaviour {
		return this.#rules.find(({first, last}) => port >= first && port <= last)?.behaviour ?? this.#others;
	}
}

const parseRange = (text: string): {first: number; last: number} => {
	const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
	if (first === undefined || Number(first) > Number(last) || Number(last) > 65_535) {
		throw new RangeError(`Expected ports as in \`22\` or \`8000-8100\`, got \`${text}\``);
	}

	return {first: Number(first), last: Number(last)};
};

const refuseOverlaps = (rules: readonly Rule[]): void => {
	const sorted = rules.toSorted((one, other) => one.first - other.first);
	for (const [index, {first}] of sorted.entries()) {
		if (index > 0 && first <= sorted[index - 1].last) {
			throw new RangeError(`Expected port ranges that do not overlap, got port ${first} twice`);
		}
	}
};
