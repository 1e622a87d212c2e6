import {ipv4, type PortResult} from '@halfopen/model';
import test from 'ava';
import {perPortResult, textPerPortResult} from '../../src/host/per-port-result.ts';
import {closed, filtered, open} from '../reports.ts';

/** What was asked for with an equal result. */
const counting = (): {readonly made: PortResult[]; readonly get: (result: PortResult) => PortResult} => {
	const made: PortResult[] = [];
	return {
		made,
		get: perPortResult(result => {
			made.push(result);
			return result;
		}),
	};
};

test('what was made of a result serves for its equals', t => {
	const {made, get} = counting();
	const first = get(open(80));
	t.is(get(open(80)), first);
	t.is(made.length, 1);
});

test('results that differ in anything are told apart', t => {
	const {get} = counting();
	const results = [
		open(80),
		closed(80),
		open(81),
		{...open(80), ttl: 63},
		filtered(80),
		filtered(80, 'host-prohibited'),
		filtered(80, 'admin-prohibited'),
	];
	for (let round = 0; round < 2; round++) {
		t.deepEqual(results.map(get), results);
	}
});

test('of more results than are kept each has its own', t => {
	const text = textPerPortResult(({port, state}) => `${port} ${state}`);
	for (let port = 0; port < 65_536; port++) {
		if (text(open(port)) !== `${port} open` || text(closed(port)) !== `${port} closed`) {
			t.fail(`port ${port}`);
		}
	}

	t.is(text(open(0)), '0 open');
});

test('an answer of someone else is never taken for that of another', t => {
	const {get} = counting();
	const results = [1, 2].map(host => ({...filtered(80, 'host-prohibited'), sender: ipv4(host)}));
	t.deepEqual([...results, filtered(80, 'host-prohibited')].map(get), [
		...results,
		filtered(80, 'host-prohibited'),
	]);
});
