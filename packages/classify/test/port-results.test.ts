import * as fc from 'fast-check';
import test from 'ava';
import {PORT_STATES, ipv4, portTableOf, type Verdict} from '@halfopen/model';
import {PortResults, replaces} from '@halfopen/classify';

const OPEN: Verdict = {state: 'open', reason: 'syn-ack'};
const CLOSED: Verdict = {state: 'closed', reason: 'reset'};
const PROHIBITED: Verdict = {state: 'filtered', reason: 'admin-prohibited'};
const UNREACHABLE: Verdict = {state: 'filtered', reason: 'host-unreach'};
const SILENT: Verdict = {state: 'filtered', reason: 'no-response'};
const ROUTER = 0x0a_00_00_01;

test('ports are unknown at first', t => {
	const results = new PortResults(Uint16Array.of(22, 80));
	t.is(results.length, 2);
	t.is(results.undecided, 2);
	t.is(results.count('unknown'), 2);
	t.false(results.isDecided(0));
	t.deepEqual(results.at(1), {port: 80, state: 'unknown', reason: 'no-response', ttl: 0});
});

test('a verdict is kept with its TTL and its sender', t => {
	const results = new PortResults(Uint16Array.of(22, 80));
	t.true(results.apply(0, PROHIBITED, 63, ROUTER));
	t.true(results.apply(1, OPEN, 64));
	t.deepEqual(
		[...results],
		[
			{port: 22, state: 'filtered', reason: 'admin-prohibited', ttl: 63, sender: ipv4(ROUTER)},
			{port: 80, state: 'open', reason: 'syn-ack', ttl: 64},
		],
	);
	t.is(results.undecided, 0);
	t.true(results.isDecided(0));
	t.is(results.stateAt(1), 'open');
});

test('a verdict that replaces another brings its own TTL and sender', t => {
	const results = new PortResults(Uint16Array.of(22));
	results.apply(0, PROHIBITED, 63, ROUTER);
	t.true(results.apply(0, CLOSED, 64));
	t.deepEqual(results.at(0), {port: 22, state: 'closed', reason: 'reset', ttl: 64});
});

test('a refused verdict changes nothing, the reason included', t => {
	const results = new PortResults(Uint16Array.of(22));
	results.apply(0, CLOSED, 64);
	t.false(results.apply(0, PROHIBITED, 63, ROUTER));
	t.deepEqual(results.at(0), {port: 22, state: 'closed', reason: 'reset', ttl: 64});
});

test('of two verdicts of one state the first keeps its reason', t => {
	const results = new PortResults(Uint16Array.of(22));
	results.apply(0, PROHIBITED, 63, ROUTER);
	t.false(results.apply(0, UNREACHABLE, 62));
	t.is(results.at(0).reason, 'admin-prohibited');
});

test('an ICMP error that comes late explains a silent port', t => {
	const results = new PortResults(Uint16Array.of(22));
	results.apply(0, SILENT, 0);
	t.true(results.apply(0, PROHIBITED, 63, ROUTER));
	t.false(results.apply(0, SILENT, 0));
	t.is(results.at(0).reason, 'admin-prohibited');
});

test('counts follow any sequence of verdicts', t => {
	const verdicts = [OPEN, CLOSED, PROHIBITED, SILENT];
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.nat(4), fc.constantFrom(...verdicts))), steps => {
				const results = new PortResults(Uint16Array.of(1, 2, 3, 4, 5));
				const kept: Verdict[] = Array.from({length: 5}, () => ({state: 'unknown', reason: 'no-response'}));
				for (const [index, verdict] of steps) {
					const expected = replaces(kept[index], verdict);
					if (results.apply(index, verdict, 64) !== expected) {
						return false;
					}

					kept[index] = expected ? verdict : kept[index];
				}

				return (
					results.undecided === results.count('unknown') &&
					[...results].every(({state}, index) => state === kept[index].state) &&
					PORT_STATES.every(
						state => results.count(state) === kept.filter(each => each.state === state).length,
					)
				);
			}),
		),
	);
});

test('runs are those of the results, one by one', t => {
	const verdicts = fc.array(fc.constantFrom(OPEN, CLOSED, PROHIBITED, UNREACHABLE, SILENT, undefined));
	t.notThrows(() =>
		fc.assert(
			fc.property(verdicts, all => {
				const results = new PortResults(Uint16Array.from(all.keys()));
				for (const [index, verdict] of all.entries()) {
					if (verdict !== undefined) {
						results.apply(index, verdict, 60 + (index % 3));
					}
				}

				const plain = portTableOf([...results]);
				return all.every((_, index) => results.endOfRun(index) === plain.endOfRun(index));
			}),
		),
	);
});
