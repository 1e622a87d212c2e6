import {ipv4, type ScanEvent} from '@halfopen/model';
import test from 'ava';
import {MOST_SENT, MOST_WAITING, Outbox} from '../../src/worker/outbox.ts';

const EVENT: ScanEvent = {type: 'host-started', address: ipv4(1)};

const eventsOf = (count: number): ScanEvent[] => Array.from({length: count}, () => EVENT);

/** An outbox, and how many events each message that left had. */
const watchedOutbox = (): {outbox: Outbox; sent: number[]} => {
	const sent: number[] = [];
	return {outbox: new Outbox(({length}) => sent.push(length)), sent};
};

/** Whether the promise is settled once everything that can happen has happened. */
const isSettled = async (promise: Promise<unknown>): Promise<boolean> => {
	const turn = new Promise<false>(resolve => {
		setImmediate(() => resolve(false));
	});
	return Promise.race([promise.then(() => true), turn]);
};

test('events leave at once while the caller takes them', async t => {
	const {outbox, sent} = watchedOutbox();
	for (let message = 0; message < 5; message++) {
		await outbox.add(eventsOf(3));
		outbox.onTaken();
	}

	t.deepEqual(sent, [3, 3, 3, 3, 3]);
});

test('what happens while nothing is taken leaves as one', async t => {
	const {outbox, sent} = watchedOutbox();
	for (let message = 0; message < MOST_SENT + 4; message++) {
		await outbox.add(eventsOf(10));
	}

	t.deepEqual(sent, [10, 10]);
	outbox.onTaken();
	t.deepEqual(sent, [10, 10, 40]);
});

test('the scan waits for a caller who takes nothing', async t => {
	const {outbox, sent} = watchedOutbox();
	for (let message = 0; message < MOST_SENT; message++) {
		await outbox.add(eventsOf(1));
	}

	const added = outbox.add(eventsOf(MOST_WAITING));
	t.false(await isSettled(added));
	outbox.onTaken();
	t.true(await isSettled(added));
	t.deepEqual(sent, [1, 1, MOST_WAITING]);
});

test('no message is larger than what may wait', async t => {
	const {outbox, sent} = watchedOutbox();
	const added = outbox.add(eventsOf(3 * MOST_WAITING));
	t.deepEqual(sent, [MOST_WAITING]);
	t.false(await isSettled(added));
	outbox.onTaken();
	outbox.onTaken();
	t.true(await isSettled(added));
	t.deepEqual(sent, [MOST_WAITING, MOST_WAITING, MOST_WAITING]);
});

test('reports of many ports count as many events', async t => {
	const {outbox, sent} = watchedOutbox();
	const report = {ports: {length: 65_536, at: () => ({port: 1, state: 'open', reason: 'syn-ack', ttl: 0})}};
	const reports = Array.from({length: 6}, () => ({type: 'host', report}) as unknown as ScanEvent);
	const added = outbox.add(reports);
	t.deepEqual(sent, [2]);
	t.false(await isSettled(added));
	outbox.onTaken();
	outbox.onTaken();
	t.true(await isSettled(added));
	t.deepEqual(sent, [2, 2, 2]);
});

test('a flush waits until the last event has left', async t => {
	const {outbox} = watchedOutbox();
	for (let message = 0; message <= MOST_SENT; message++) {
		await outbox.add(eventsOf(1));
	}

	const flushed = outbox.flush();
	t.false(await isSettled(flushed));
	outbox.onTaken();
	t.true(await isSettled(flushed));
});

test('a caller who leaves holds up nothing', async t => {
	const {outbox, sent} = watchedOutbox();
	await outbox.add(eventsOf(1));
	await outbox.add(eventsOf(1));
	const added = outbox.add(eventsOf(2 * MOST_WAITING));
	outbox.close();
	t.true(await isSettled(added));
	t.true(await isSettled(outbox.flush()));
	t.deepEqual(sent, [1, 1]);
});
