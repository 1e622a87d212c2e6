import {SECOND} from '@halfopen/model';
import test from 'ava';
import {OverrunSpan} from '../src/overrun-span.ts';
import type {Round} from '../src/round.ts';
import {handMadeRound} from './hand-made-round.ts';

/** A round as it would be when it began so much later. */
const later = (round: Round, by: number): Round => ({
	...round,
	leftFrom: round.leftFrom + by,
	leftUntil: round.leftUntil + by,
});

test('before a path was overrun there is nothing to tell', t => {
	const span = new OverrunSpan();
	span.add(handMadeRound({probes: 200, answered: 100, rate: 200}));
	t.false(span.isRunning);
	t.is(span.throughputAt(200), undefined);
});

test('between two times at which it was, the answers per second are the limit, whatever the rates were', t => {
	const span = new OverrunSpan();
	span.begin();
	span.add(handMadeRound({probes: 80, answered: 80, rate: 80}));
	span.add(later(handMadeRound({probes: 120, answered: 120, rate: 120}), SECOND));
	span.add(later(handMadeRound({probes: 120, answered: 100, rate: 120}), 2 * SECOND));
	const {rate, answerRate} = span.throughputAt(120)!;
	t.true(Math.abs(answerRate - 100) < 2, `${answerRate}`);
	t.true(Math.abs(rate - 107) < 2, `${rate}`);
});

test('few answers, or much lower rates, do not tell', t => {
	const span = new OverrunSpan();
	span.begin();
	span.add(handMadeRound({probes: 15, answered: 15, rate: 100}));
	t.is(span.throughputAt(100), undefined);
	span.add(later(handMadeRound({probes: 85, answered: 85, rate: 100}), 150_000));
	t.not(span.throughputAt(100), undefined);
	t.is(span.throughputAt(200), undefined);
});

test('what was before does not count, once it is overrun again', t => {
	const span = new OverrunSpan();
	span.begin();
	span.add(handMadeRound({probes: 100, answered: 100, rate: 100}));
	span.begin();
	t.true(span.isRunning);
	t.is(span.throughputAt(100), undefined);
	span.end();
	t.false(span.isRunning);
});
