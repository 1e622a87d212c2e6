import test from 'ava';
import {micros, MILLISECOND} from '@halfopen/model';
import {runBench} from '../src/run-bench.ts';
import type {BenchOptions} from '../src/bench-options.ts';
import type {CaseResult} from '../src/figure.ts';

const SHORT = micros(30 * MILLISECOND);

const resultsOf = async (options: BenchOptions): Promise<CaseResult[]> => {
	const results: CaseResult[] = [];
	for await (const result of runBench({duration: SHORT, ...options})) {
		results.push(result);
	}

	return results;
};

test('a measurement runs in a process of its own and says what it found', async t => {
	const [result, ...rest] = await resultsOf({only: ['generate']});
	t.deepEqual(rest, []);
	t.is(result.problem, undefined);
	t.like(result, {measurement: 'generate', label: 'hosts x ports'});
	t.like(result.figures[0], {name: 'records', unit: '/s'});
	t.true(result.figures[0].value > 1000);
	t.true(result.figures[0].least <= result.figures[0].most);
});

test('measurements run one after another, in the order in which they were asked for', async t => {
	const results = await resultsOf({only: ['build', 'generate']});
	t.deepEqual([...new Set(results.map(({measurement}) => measurement))], ['build', 'generate']);
});

test('what the signal cuts short is no result, and nothing follows', async t => {
	t.deepEqual(await resultsOf({isNull: true, signal: AbortSignal.abort()}), []);
	const interrupt = new AbortController();
	const results = runBench({duration: SHORT, only: ['generate', 'build'], signal: interrupt.signal});
	t.false((await results.next()).done);
	interrupt.abort();
	t.true((await results.next()).done);
});
