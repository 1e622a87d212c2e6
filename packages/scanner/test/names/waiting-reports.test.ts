import {EventEmitter, once} from 'node:events';
import {setImmediate as turn} from 'node:timers/promises';
import {type HostReport, ipv4} from '@halfopen/model';
import test from 'ava';
import {type HostEvent, WaitingReports} from '../../src/names/waiting-reports.ts';

const report = (address: number): HostReport => ({address: ipv4(address)}) as HostReport;

const namesIn = (events: readonly HostEvent[]): unknown[] =>
	events.map(({report: {address, reverseName}}) => [address.value, reverseName]);

test('reports are taken as their names come in, with or without one', async t => {
	const waiting = new WaitingReports();
	waiting.add(report(1), Promise.resolve('one.example'));
	waiting.add(report(2), new Promise(() => {}));
	waiting.add(report(3), Promise.resolve(undefined));
	t.is(waiting.count, 3);
	t.deepEqual(waiting.takeNamed(), []);
	await waiting.change();
	await turn();
	t.deepEqual(namesIn(waiting.takeNamed()), [
		[1, 'one.example'],
		[3, undefined],
	]);
	t.is(waiting.count, 1);
});

test('what is named while others are being taken is not left behind', async t => {
	const waiting = new WaitingReports();
	const server = new EventEmitter();
	const nameOfSecond = async (): Promise<string> => {
		const [name] = (await once(server, 'name')) as [string];
		return name;
	};
	waiting.add(report(1), Promise.resolve('one.example'));
	waiting.add(report(2), nameOfSecond());
	const drained = waiting.drain();
	t.deepEqual(namesIn((await drained.next()).value!), [[1, 'one.example']]);
	server.emit('name', 'two.example');
	await turn(); // The second is named before it is asked for
	t.is(waiting.count, 0);
	t.deepEqual(namesIn((await drained.next()).value ?? []), [[2, 'two.example']]);
	t.true((await drained.next()).done);
});
