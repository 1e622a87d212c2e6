import {micros} from '@halfopen/model';
import {LossSpan, type ProbeNote, TryHistory} from '@halfopen/timing';
import test from 'ava';
import * as fc from 'fast-check';
import type {HostScan} from '../../src/by-host/host-scan.ts';
import {emptySlotList, PROBE_STATUS, ProbeWindow, type SlotList} from '../../src/by-host/probe-window.ts';

const hostNumbered = (number: number): HostScan => ({number}) as HostScan;
const HOST = hostNumbered(3);
const HISTORY = new TryHistory(new LossSpan(() => 0.1));
const NOTE: ProbeNote = {kind: 'fresh', chance: undefined, hostRound: 0, groupRound: 0, history: HISTORY};

test('a slot is found by host and port until it is closed', t => {
	const window = new ProbeWindow();
	const slot = window.open(HOST, 80, undefined);
	t.is(window.find(HOST, 80), slot);
	t.is(window.find(HOST, 81), -1);
	t.is(window.find(hostNumbered(4), 80), -1);
	t.is(window.host(slot), HOST);
	t.is(window.portIndex(slot), 80);
	window.close(slot);
	t.is(window.find(HOST, 80), -1);
	t.is(window.size, 0);
});

test('a host that was reported does not find the slots of the next one with its number', t => {
	const window = new ProbeWindow();
	const before = hostNumbered(3);
	window.close(window.open(before, 80, undefined));
	const slot = window.open(HOST, 80, undefined);
	const canary = window.openCanary(HOST, 80, 11);
	t.is(window.find(before, 80), -1);
	t.is(window.findCanary(before, 80, 11), -1);
	t.is(window.find(HOST, 80), slot);
	t.is(window.findCanary(HOST, 80, 11), canary);
});

test('a canary and a probe to the same port are told apart', t => {
	const window = new ProbeWindow();
	const probe = window.open(HOST, 80, undefined);
	const canary = window.openCanary(HOST, 80, 11);
	t.is(window.find(HOST, 80), probe);
	t.is(window.findCanary(HOST, 80, 11), canary);
	t.is(window.findCanary(HOST, 80, 12), -1);
	window.close(probe);
	t.is(window.findCanary(HOST, 80, 11), canary);
});

test('a slot goes from queued to in flight to timed out, and the next try follows', t => {
	const window = new ProbeWindow();
	const slot = window.open(HOST, 80, undefined);
	t.is(window.status(slot), PROBE_STATUS.timedOut);
	window.onQueued(slot, NOTE);
	t.is(window.status(slot), PROBE_STATUS.queued);
	t.is(window.sentAt(slot, 0), undefined);
	window.onSent(slot, micros(100));
	t.is(window.status(slot), PROBE_STATUS.inFlight);
	t.is(window.sentAt(slot, 0), micros(100));
	t.is(window.lastSent(slot), 0);
	window.onTimedOut(slot);
	t.is(window.attempt(slot), 1);
	t.is(window.lastSent(slot), 0);
	t.is(window.sentAt(slot, 0), micros(100));
	t.is(window.history(slot), HISTORY);
});

test('a port that had tries goes on with the next one', t => {
	const window = new ProbeWindow();
	t.is(window.attempt(window.open(HOST, 80, undefined)), 0);
	t.is(window.attempt(window.open(HOST, 81, HISTORY)), 1);
});

test('the send times of the last two tries are known, older ones not', t => {
	const window = new ProbeWindow();
	const slot = window.open(HOST, 80, undefined);
	for (const attempt of [0, 1, 2]) {
		window.onQueued(slot, NOTE);
		window.onSent(slot, micros(attempt * 100));
		if (attempt < 2) {
			window.onTimedOut(slot);
		}
	}

	t.deepEqual(
		[2, 1, 0].map(attempt => window.sentAt(slot, attempt)),
		[micros(200), micros(100), undefined],
	);
	t.is(window.sentAt(slot, 3), undefined);
});

test('a slot answered before its send time is known keeps its number until then', t => {
	const window = new ProbeWindow();
	const slot = window.open(HOST, 80, undefined);
	window.onQueued(slot, NOTE);
	window.closeWhenSent(slot, micros(50));
	t.is(window.find(HOST, 80), -1);
	t.is(window.size, 1);
	t.is(window.answeredAt(slot), micros(50));
	t.not(window.open(HOST, 81, undefined), slot);
	window.close(slot);
	t.is(window.size, 1);
});

test('a port that is asked again meanwhile keeps its new slot', t => {
	const window = new ProbeWindow();
	const old = window.open(HOST, 80, undefined);
	window.onQueued(old, NOTE);
	window.closeWhenSent(old, undefined);
	const fresh = window.open(HOST, 80, HISTORY);
	window.close(old);
	t.is(window.find(HOST, 80), fresh);
	t.is(window.answeredAt(old), undefined);
});

test('slots are numbered densely and used again', t => {
	const window = new ProbeWindow();
	const slots = Array.from({length: 1000}, (_, port) => window.open(HOST, port, undefined));
	t.deepEqual(
		slots,
		Array.from({length: 1000}, (_, index) => index),
	);
	window.close(17);
	t.is(window.open(HOST, 5000, undefined), 17);
});

/** The slots of a list from head to tail, by taking them out. */
const drain = (window: ProbeWindow, list: SlotList): number[] => {
	const slots: number[] = [];
	while (list.head !== -1) {
		slots.push(list.head);
		window.remove(list, list.head);
	}

	return slots;
};

test('a list keeps its order, whoever leaves', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(fc.array(fc.nat({max: 400}), {maxLength: 100}), picks => {
				const window = new ProbeWindow();
				const list = emptySlotList();
				let left: number[] = [];
				for (const [port, pick] of picks.entries()) {
					const slot = window.open(HOST, port, undefined);
					window.append(list, slot);
					left.push(slot);
					const leaving = pick < left.length ? left[pick] : undefined;
					if (leaving !== undefined) {
						window.remove(list, leaving);
						left = left.filter(other => other !== leaving);
					}
				}

				return drain(window, list).join() === left.join() && list.tail === -1;
			}),
		);
	});
});
