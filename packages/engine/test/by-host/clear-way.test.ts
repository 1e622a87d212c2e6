import test from 'ava';
import {ClearWay} from '../../src/by-host/clear-way.ts';

/** With one port that waits. */
const waiting = (): ClearWay => {
	const clearWay = new ClearWay();
	clearWay.slots.head = 0;
	return clearWay;
};

/** Sends a flight of canaries; returns how many they were. */
const sendFlight = (clearWay: ClearWay): number => {
	let canaries = 0;
	for (; clearWay.wantsCanary && clearWay.isDue(canaries); canaries++) {
		clearWay.onCanary();
	}

	return canaries;
};

test('ports wait until nothing else is on its way, and until a canary came back', t => {
	const clearWay = waiting();
	t.false(clearWay.isDue(1));
	t.true(clearWay.isDue(0));
	t.true(clearWay.wantsCanary);
	clearWay.onCanary();
	t.false(clearWay.isDue(1));
	clearWay.onCanaryAnswered();
	t.false(clearWay.wantsCanary);
	t.true(clearWay.isDue(1));
});

test('a canary that was sent for something else does not show the way', t => {
	const clearWay = waiting();
	clearWay.onCanaryAnswered();
	t.true(clearWay.wantsCanary);
});

test('canaries leave in growing flights, and after eight that are lost the ports go all the same', t => {
	const clearWay = waiting();
	const flights: number[] = [];
	while (clearWay.wantsCanary) {
		t.false(clearWay.isClosed && flights.length < 8);
		flights.push(sendFlight(clearWay));
	}

	t.deepEqual(flights, [1, 2, 4, 8, 8, 8, 8, 8]);
	t.true(clearWay.isClosed);
	t.true(clearWay.isDue(1));
});

test('a way that was closed is not looked at again until a canary comes back', t => {
	const clearWay = waiting();
	while (clearWay.wantsCanary) {
		clearWay.onCanary();
	}

	clearWay.slots.head = -1;
	clearWay.onSend();
	clearWay.slots.head = 0;
	t.false(clearWay.wantsCanary);
	clearWay.onCanaryAnswered();
	t.false(clearWay.isClosed);
});

test('after the last of the ports, the way has to be looked at anew', t => {
	const clearWay = waiting();
	clearWay.onCanary();
	clearWay.onCanaryAnswered();
	clearWay.onSend();
	t.false(clearWay.wantsCanary);
	clearWay.slots.head = -1;
	t.true(clearWay.isEmpty);
	t.false(clearWay.isDue(0));
	clearWay.onSend();
	t.true(clearWay.wantsCanary);
});
