import {portTableOf, type Verdict} from '@halfopen/model';
import test from 'ava';
import fc from 'fast-check';
import {planSweep} from '../../src/sweep/plan-sweep.ts';
import {RecentResults} from '../../src/sweep/recent-results.ts';
import {ResultTable} from '../../src/sweep/result-table.ts';
import {type Standing, SweptPorts} from '../../src/sweep/swept-ports.ts';

const VERDICTS: readonly Verdict[] = [
	{state: 'open', reason: 'syn-ack'},
	{state: 'open', reason: 'split-handshake-syn'},
	{state: 'closed', reason: 'reset'},
	{state: 'closed', reason: 'conn-refused'},
	{state: 'filtered', reason: 'admin-prohibited'},
	{state: 'filtered', reason: 'host-unreach'},
];

const settings = fc.array(
	fc.record({number: fc.integer({min: 0, max: 40}), verdict: fc.constantFrom(...VERDICTS)}),
	{maxLength: 200},
);

test('a table gives back the last verdict of every number, and nothing for others', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(settings, all => {
				const table = new ResultTable(41);
				const model = new Map<number, Verdict>();
				for (const {number, verdict} of all) {
					table.set(number, 0, verdict, 64, undefined);
					model.set(number, verdict);
				}

				return Array.from({length: 41}, (_, number) => number).every(number => {
					const {state, reason} = table.verdictAt(number) ?? {};
					const {state: wanted, reason: why} = model.get(number) ?? {};
					return state === wanted && reason === why && table.has(number) === model.has(number);
				});
			}),
			{seed: 1},
		);
	});
});

test('the ports of a host are those that were asked, and their runs those of the results one by one', t => {
	const standings = fc.array(fc.constantFrom<Standing>('silent', 'unfinished', 'not asked'), {
		minLength: 41,
		maxLength: 41,
	});
	t.notThrows(() => {
		fc.assert(
			fc.property(settings, standings, (all, standing) => {
				const table = new ResultTable(41);
				for (const {number, verdict} of all) {
					table.set(number, 0, verdict, 64, undefined);
				}

				const space = {firstNumberOf: () => 0, portsOf: () => Uint16Array.from({length: 41}, (_, at) => at)};
				const ports = new SweptPorts(table, number => standing[number], space, 0);
				const plain = portTableOf([...ports]);
				const asked = standing.filter((each, number) => each !== 'not asked' || table.has(number));
				return (
					ports.length === asked.length &&
					[...ports].every((_, index) => ports.endOfRun(index) === plain.endOfRun(index))
				);
			}),
			{seed: 1},
		);
	});
});

test('who rejected is kept, and an address that cannot be asked is told from that', t => {
	const table = new ResultTable(8);
	table.set(3, 0, VERDICTS[4], 61, 0x0a_00_00_fe);
	table.setUnreachable(4);
	t.deepEqual(table.resultAt(3, 80), {
		port: 80,
		state: 'filtered',
		reason: 'admin-prohibited',
		ttl: 61,
		sender: {family: 4, value: 0x0a_00_00_fe},
	});
	t.false(table.isUnreachable(3));
	t.true(table.isUnreachable(4));
	t.is(table.verdictAt(4), undefined);
});

test('details beyond what there is room for count as silence, and are counted', t => {
	const table = new ResultTable(2 ** 18 + 10);
	for (let number = 0; number < 2 ** 18; number++) {
		table.set(number, 0, VERDICTS[4], 0, undefined);
	}

	t.false(table.set(2 ** 18 + 1, 0, VERDICTS[4], 0, undefined));
	t.is(table.verdictAt(2 ** 18 + 1), undefined);
	t.false(table.isUnreachable(2 ** 18 + 1));
	t.is(table.detailsForgotten, 1);
	t.true(table.set(2 ** 18 + 2, 0, VERDICTS[0], 0, undefined));
});

test('answers to the positions that were asked last are remembered, and no others', t => {
	const recent = new RecentResults(4);
	for (const position of [0, 1, 2, 3, 4, 5]) {
		recent.onOpened(position);
		if (position !== 3) {
			recent.set(0, position, VERDICTS[position]);
		}
	}

	recent.set(0, 4, VERDICTS[0]);
	recent.set(0, 1, VERDICTS[1]); // Too late: its place is that of position 5
	t.deepEqual(
		[0, 1, 2, 3, 4, 5].map(position => recent.verdictAt(0, position)),
		[undefined, undefined, VERDICTS[2], undefined, VERDICTS[0], VERDICTS[5]],
	);
});

test('a table is kept where it fits the budget, and where it is asked for', t => {
	const wish = {size: 1000, positions: 500};
	t.like(planSweep({...wish, resultsBudget: 250}), {results: 'table', resultBytes: 250, positions: 500});
	t.like(planSweep({...wish, resultsBudget: 249}), {
		results: 'stream',
		because: 'a table of 1000 states takes 250 bytes, more than the budget of 249',
	});
	t.like(planSweep({...wish, resultsBudget: 1, results: 'table'}), {results: 'table', because: 'asked for'});
	t.like(planSweep({...wish, resultsBudget: 999, results: 'stream'}), {results: 'stream'});
});
