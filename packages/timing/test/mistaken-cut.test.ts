import test from 'ava';
import {MistakenCut} from '@halfopen/timing';

const BEFORE = {rate: 1000, isStartUp: true};

test('when half of the answers given up for lost come late, the cut was a mistake', t => {
	const cut = new MistakenCut();
	cut.onLoss(7, 6, BEFORE);
	t.is(cut.onLateAnswer(7), undefined);
	t.is(cut.onLateAnswer(8), undefined);
	t.deepEqual(cut.onLateAnswer(7), BEFORE);
	t.is(cut.onLateAnswer(7), undefined, 'it is told once');
});

test('what was lost in several rounds adds up, and the first cut is what is gone back to', t => {
	const cut = new MistakenCut();
	cut.onLoss(7, 2, BEFORE);
	cut.onLoss(8, 4, {rate: 500, isStartUp: false});
	t.is(cut.onLateAnswer(8), undefined);
	t.is(cut.onLateAnswer(8), undefined);
	t.deepEqual(cut.onLateAnswer(8), BEFORE);
});

test('answers to rounds before the loss say nothing of it', t => {
	const cut = new MistakenCut();
	cut.onLoss(7, 1, BEFORE);
	t.is(cut.onLateAnswer(6), undefined);
});

test('a cut that was right is forgotten', t => {
	const cut = new MistakenCut();
	cut.onLoss(7, 1, BEFORE);
	cut.forget();
	t.is(cut.onLateAnswer(7), undefined);
});
