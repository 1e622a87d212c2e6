import test from 'ava';
import {micros, SECOND, type Progress} from '@halfopen/model';
import {estimateWorthTelling} from '../../src/scan/progress-reporter.ts';
import {PROGRESS} from '../fake-scan.ts';

/** After so many seconds this share of the ports has a verdict. */
const at = (seconds: number, share: number): Progress => ({
	...PROGRESS,
	elapsed: micros(seconds * SECOND),
	portsDone: share * 1000,
	portsTotal: 1000,
});

test('the first estimate is told when a good part is still to come', t => {
	t.deepEqual(estimateWorthTelling(at(30, 0.25), undefined), {endsAt: 120 * SECOND});
	t.is(estimateWorthTelling(at(30, 0.002), undefined), undefined);
	t.is(estimateWorthTelling(at(30, 0.9), undefined), undefined);
	t.is(estimateWorthTelling(at(30, 0), undefined), undefined);
});

test('the next is told when the end moved', t => {
	t.is(estimateWorthTelling(at(60, 0.5), {endsAt: 120 * SECOND}), undefined);
	t.deepEqual(estimateWorthTelling(at(60, 0.25), {endsAt: 120 * SECOND}), {endsAt: 240 * SECOND});
	t.is(estimateWorthTelling(at(60, 0.01), {endsAt: 5900 * SECOND}), undefined);
});

test('the next is told when the time of the last has passed', t => {
	t.deepEqual(estimateWorthTelling(at(125, 0.5), {endsAt: 120 * SECOND}), {endsAt: 250 * SECOND});
});
