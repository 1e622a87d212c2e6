import {planSweep} from '@halfopen/engine';
import {ScanError, type ScanOptionName, type SweepPlan} from '@halfopen/model';
import {asksFirst, isOnlyDiscovery} from './discovery/plan-discovery.ts';
import type {ScanOptions} from './scan-options.ts';

/** From more hosts on a scan that does not ask first who is up is a sweep unless the options say otherwise. */
export const MOST_HOSTS_SIDE_BY_SIDE = 4096;

/** Memory for the states of a sweep, in bytes, when nothing is said. */
export const DEFAULT_RESULTS_BUDGET: number = 64 * 2 ** 20;

/** What the choice depends on beside the options. */
export interface ScanSize {
	readonly hosts: number;
	/** Pairs of address and port. */
	readonly pairs: number;
	/** Addresses are those of one link, which the numbers of a sweep do not tell. */
	readonly hasZones?: boolean;
}

/** Host by host, or a sweep; and what the user should know about the choice. */
export interface ChosenOrder {
	readonly sweep?: SweepPlan;
	readonly warnings: readonly string[];
}

/**
 * Chooses the order: what the options say; otherwise a sweep where there are many hosts, nobody asks first which of them
 * are up, and the states of all their ports fit the budget.
 * @throws ScanError `ERR_HALFOPEN_OPTION` for a sweep of addresses with zones
 */
export const chooseOrder = (options: ScanOptions, size: ScanSize): ChosenOrder => {
	const {order, results, shard = {index: 1, count: 1}, resultsBudget = DEFAULT_RESULTS_BUDGET} = options;
	const plan = planSweep({
		size: size.pairs,
		positions: Math.max(0, Math.ceil((size.pairs - shard.index + 1) / shard.count)),
		resultsBudget,
		...(results !== undefined && {results}),
	});
	const isAskedFor = isSweepAskedFor(options);
	if (isAskedFor && size.hasZones === true) {
		throw wrong('order', 'Expected `host` for addresses with a zone, got `random`');
	}

	const isChosen =
		!isAskedFor &&
		!asksFirst(options) &&
		!isOnlyDiscovery(options) &&
		size.hasZones !== true &&
		order === undefined &&
		size.hosts > MOST_HOSTS_SIDE_BY_SIDE &&
		plan.results === 'table';
	if (!isAskedFor && !isChosen) {
		return {warnings: []};
	}

	return {
		sweep: plan,
		warnings: [
			...(isChosen ? [chosenText(size)] : []),
			...(plan.results === 'stream' && results === undefined ? [streamText(plan)] : []),
			...(options.discovery !== undefined && asksFirst(options) ? [NOT_ASKED_FIRST] : []),
			...HOST_ORDER_ONLY.filter(name => (options[name] ?? 0) !== 0).map(
				name => `\`${name}\` has no effect in a sweep, which keeps nothing for a host`,
			),
		],
	};
};

/** Whether the options say that it is a sweep, or name what only a sweep can do. */
export const isSweepAskedFor = (options: ScanOptions): boolean =>
	options.order === 'random' || SWEEPS_ONLY.some(name => options[name] !== undefined);

/** What only a sweep can do. */
const SWEEPS_ONLY = ['shard', 'pairs', 'results'] as const satisfies readonly (keyof ScanOptions)[];

/** What needs a state for each host. */
const HOST_ORDER_ONLY = [
	'hostTimeout',
	'minHostGroup',
	'maxHostGroup',
] as const satisfies readonly (keyof ScanOptions)[];

const chosenText = ({hosts}: ScanSize): string =>
	`Sweeping ${hosts} hosts: all their ports in one random order, and the reports at the end. Order \`host\` scans host by host`;

const NOT_ASKED_FIRST =
	'`discovery` has no effect in a sweep, which asks all addresses for their ports at once';

const streamText = ({because}: SweepPlan): string =>
	`Open ports are told as they are found, and hosts have no report: ${because} bytes`;

/**
 * Options about the order that contradict each other.
 * @throws ScanError `ERR_HALFOPEN_OPTION`
 */
export const checkOrderOptions = (options: ScanOptions): void => {
	const {order, shard, seed, pairs, targets, ports, topPorts} = options;
	if (order === 'host') {
		const contradiction = SWEEPS_ONLY.find(name => options[name] !== undefined);
		if (contradiction !== undefined) {
			throw wrong('order', `Expected \`random\` with \`${contradiction}\`, got \`host\``);
		}
	}

	if (isOnlyDiscovery(options) && isSweepAskedFor(options)) {
		throw wrong('order', 'Expected `host` to find hosts, got what belongs to a sweep');
	}

	if (shard !== undefined && seed === undefined) {
		throw wrong('shard', 'Expected a `seed` with it: only shards of the same order make a whole together');
	}

	if (pairs !== undefined && (targets.length > 0 || ports !== undefined || topPorts !== undefined)) {
		throw wrong('pairs', 'Expected these, or targets and ports, got both');
	}
};

const wrong = (option: ScanOptionName, problem: string): ScanError =>
	new ScanError('ERR_HALFOPEN_OPTION', problem, {option});
