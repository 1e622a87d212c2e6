import {micros} from '@halfopen/model';
import type {ProbeNote} from '@halfopen/timing';
import test from 'ava';
import {NoteBook} from '../../src/note-book.ts';
import {SpreadCanaries} from '../../src/spread-canaries.ts';

const NOTE: ProbeNote = {kind: 'canary', chance: 0.9, hostRound: 1, groupRound: 2};

const sent = (canaries: SpreadCanaries, at: number): number => {
	const index = canaries.next(micros(at));
	canaries.prepare(index);
	canaries.onQueued(index, NOTE, micros(at));
	canaries.onSent(index, micros(at));
	return index;
};

test('ports take turns, and rest in between', t => {
	const canaries = new SpreadCanaries();
	t.is(canaries.next(micros(0)), -1);
	canaries.add(100);
	canaries.add(200);
	canaries.add(100);
	t.is(canaries.numberOf(sent(canaries, 0)), 100);
	t.is(canaries.numberOf(sent(canaries, 10)), 200);
	t.is(canaries.next(micros(20)), -1); // On its way
	const attempt = canaries.attemptOf(1);
	t.like(canaries.onAnswer(200, attempt, micros(500)), {sentAt: 10, note: NOTE});
	t.is(canaries.next(micros(600)), -1); // Answered just now
	canaries.next(micros(600));
	t.is(canaries.next(micros(60_000)), 1);
});

test('an answer counts once, and only for the try that is on its way', t => {
	const canaries = new SpreadCanaries();
	canaries.add(100);
	const index = sent(canaries, 0);
	const attempt = canaries.attemptOf(index);
	t.is(canaries.onAnswer(100, attempt + 1, micros(5)), undefined);
	t.is(canaries.onAnswer(101, attempt, micros(5)), undefined);
	t.not(canaries.onAnswer(100, attempt, micros(5)), undefined);
	t.is(canaries.onAnswer(100, attempt, micros(6)), undefined);
	t.is(canaries.oldestSentAt, micros(Infinity));
});

test('an answer that is earlier than the send time is handed over with that', t => {
	const canaries = new SpreadCanaries();
	canaries.add(100);
	const index = canaries.next(micros(0));
	canaries.prepare(index);
	canaries.onQueued(index, NOTE, micros(0));
	t.is(canaries.onAnswer(100, canaries.attemptOf(index), micros(9)), 'early');
	t.is(canaries.onSent(index, micros(4)), micros(9));
});

test('the oldest on its way expires first, and is not mistaken for a later one to the same port', t => {
	const canaries = new SpreadCanaries();
	canaries.add(100);
	canaries.add(200);
	const first = sent(canaries, 0);
	sent(canaries, 10);
	canaries.onAnswer(100, canaries.attemptOf(first), micros(20));
	t.is(sent(canaries, 60_000), first);
	t.is(canaries.oldestSentAt, micros(10));
	canaries.expireOldest();
	t.is(canaries.oldestSentAt, micros(60_000));
});

test('equal notes share a number, others have their own', t => {
	const notes = new NoteBook();
	const one = notes.keep({kind: 'fresh', chance: 0.5, hostRound: 1, groupRound: 1});
	t.is(notes.keep({kind: 'fresh', chance: 0.5, hostRound: 1, groupRound: 1}), one);
	const other = notes.keep({kind: 'repeated', chance: undefined, hostRound: 1, groupRound: 1});
	t.not(other, one);
	t.is(notes.keep({kind: 'fresh', chance: 0.5, hostRound: 1, groupRound: 1}), one);
	const next = notes.keep({kind: 'fresh', chance: 0.5, hostRound: 2, groupRound: 1});
	t.like(notes.at(one), {hostRound: 1});
	t.like(notes.at(next), {hostRound: 2});
});

test('a number that is used again is not taken for what it was', t => {
	const notes = new NoteBook();
	const old = notes.keep({kind: 'canary', chance: 1, hostRound: 0, groupRound: 0});
	for (let round = 1; round <= 65_536; round++) {
		notes.keep({kind: 'fresh', chance: 1, hostRound: round, groupRound: 0});
	}

	t.is(notes.at(old).kind, 'fresh');
	t.like(notes.at(notes.keep({kind: 'canary', chance: 1, hostRound: 0, groupRound: 0})), {kind: 'canary'});
});
