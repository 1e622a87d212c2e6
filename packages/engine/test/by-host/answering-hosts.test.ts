import test from 'ava';
import {AnsweringHosts} from '../../src/by-host/answering-hosts.ts';
import type {HostScan} from '../../src/by-host/host-scan.ts';

test('a host that answers several times is taken once, and again when it answers later', t => {
	const [one, other] = [{hasAnswered: false}, {hasAnswered: false}] as HostScan[];
	const answering = new AnsweringHosts();
	for (const host of [one, other, one]) {
		answering.add(host);
	}

	t.deepEqual(answering.take(), [one, other]);
	t.deepEqual(answering.take(), []);
	answering.add(one);
	t.deepEqual(answering.take(), [one]);
});
