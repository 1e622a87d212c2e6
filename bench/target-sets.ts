// How long it takes to load a long list of targets and a list of exclusions, and what they take in memory; and how long
// a probe takes to be found in their order.
//
//   node --expose-gc --conditions=@halfopen/source bench/target-sets.ts [--targets N] [--excluded N] [--rounds N]

import {parseArgs} from 'node:util';
import {formatAddressKey} from '../packages/model/src/index.ts';
import {
	AddressGuard,
	buildTargetSet,
	ProbeOrder,
	productSpace,
	TargetReader,
	type AddressBlock,
	type TargetSet,
} from '../packages/targets/src/index.ts';

const {values} = parseArgs({
	options: {
		targets: {type: 'string', default: '1000000'},
		excluded: {type: 'string', default: '100000'},
		rounds: {type: 'string', default: '3'},
	},
});

/** Text of so many random prefixes, one in each line. */
const prefixes = (count: number, seed: number): Uint8Array => {
	const next = randomWords(seed);
	const lines = Array.from({length: count}, () => `${formatAddressKey(next())}/${24 + (next() % 9)}\n`);
	return new TextEncoder().encode(lines.join(''));
};

/** The linear congruential generator of Numerical Recipes, its high bits first. */
const randomWords = (seed: number): (() => number) => {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return ((state << 16) | (state >>> 16)) >>> 0;
	};
};

const measured = <Result>(what: string, work: () => Result): Timed & {readonly result: Result} => {
	const cpu = process.cpuUsage();
	const before = performance.now();
	const result = work();
	const milliseconds = performance.now() - before;
	const {user, system} = process.cpuUsage(cpu);
	return {what, milliseconds, busy: (user + system) / 1000, result};
};

interface Timed {
	readonly what: string;
	readonly milliseconds: number;
	/** Milliseconds that all threads spent: what is left of a figure when other programs are taken away. */
	readonly busy: number;
}

const timeText = ({what, milliseconds}: Pick<Timed, 'what' | 'milliseconds'>): string =>
	`${what} ${milliseconds.toFixed(0)} ms`;

const together = (steps: readonly Timed[]): string =>
	`together ${sumOf(steps, 'milliseconds')} ms (${sumOf(steps, 'busy')} ms of processor time)`;

const sumOf = (steps: readonly Timed[], time: 'milliseconds' | 'busy'): string =>
	steps.reduce((sum, step) => sum + step[time], 0).toFixed(0);

/** In chunks, as a file is read. */
const read = (text: Uint8Array): AddressBlock => {
	const reader = new TargetReader();
	for (let at = 0; at < text.length; at += 65_536) {
		reader.push(text.subarray(at, at + 65_536));
	}

	reader.end();
	return {family: 4, bounds: reader.take().ranges};
};

const heldBytes = (): number => {
	globalThis.gc?.();
	const {heapUsed, arrayBuffers} = process.memoryUsage();
	return heapUsed + arrayBuffers;
};

const nanosecondsPerProbe = (targets: TargetSet): number => {
	const space = productSpace(targets, Uint16Array.of(22, 80, 443));
	const order = new ProbeOrder({size: space.size, seed: 1n, sequential: false});
	const probes = Math.min(order.size, 2_000_000);
	let sum = 0;
	const before = performance.now();
	for (let position = 0; position < probes; position++) {
		const n = order.numberAt(position);
		sum += Number(space.keyAt(n)) + space.portAt(n);
	}

	return sum > 0 ? ((performance.now() - before) * 1e6) / probes : Number.NaN;
};

const targetText = prefixes(Number(values.targets), 1);
const excludedText = prefixes(Number(values.excluded), 2);
console.log(`${values.targets} prefixes of 24 to 32 bits without ${values.excluded} others`);
for (let round = 0; round < Number(values.rounds); round++) {
	const before = heldBytes();
	const targets = measured('read targets', () => read(targetText));
	const excluded = measured('read exclusions', () => read(excludedText));
	const set = measured('build', () => buildTargetSet([targets.result], [excluded.result]));
	const guard = measured('guard', () => new AddressGuard([excluded.result]));
	const held = heldBytes() - before;
	const space = measured('number', () => productSpace(set.result, Uint16Array.of(80)));
	const names = measured('order as named', () => set.result.at(0));
	const steps = [targets, excluded, set, guard];
	console.log(
		`${steps.map(timeText).join(', ')}; then for a sweep ${timeText(space)}, ${together([...steps, space])}; ` +
			`for a scan host by host ${timeText(names)}, ${together([...steps, names])}; ` +
			`${(held / 2 ** 20).toFixed(0)} MiB held, ${set.result.size} addresses`,
	);
}

const oneRange: AddressBlock = {family: 4, bounds: Uint32Array.of(0x0a_00_00_00, 0x0a_ff_ff_ff)};
const thousand = read(prefixes(1000, 3));
const million = read(targetText);
for (const [what, block] of [
	['one prefix', oneRange],
	['1000 prefixes', thousand],
	['all prefixes', million],
] as const) {
	const set = buildTargetSet([block]);
	const best = Math.min(...Array.from({length: 3}, () => nanosecondsPerProbe(set)));
	console.log(`a probe of ${what}: ${best.toFixed(0)} ns`);
}
