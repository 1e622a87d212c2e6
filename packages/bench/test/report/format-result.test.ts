import test from 'ava';
import type {CaseResult, Figure} from '../../src/figure.ts';
import {formatHeading, formatMeasurement, formatResult} from '../../src/report/format-result.ts';

const figure = (rest: Partial<Figure> = {}): Figure => ({
	name: 'sent',
	unit: '/s',
	better: 'more',
	value: 654_321,
	least: 600_000,
	most: 700_000,
	...rest,
});

const result = (...figures: readonly Figure[]): CaseResult => ({
	measurement: 'send',
	label: 'packet, batches of 64',
	figures,
});

/** Columns are apart by blanks, however many. */
const cellsOf = (text: string): string[] =>
	text
		.trimEnd()
		.split('\n')
		.map(line => line.trim().replaceAll(/ {2,}/g, ' | '));

test('a figure has a row with its spread', t => {
	t.deepEqual(cellsOf(formatResult(result(figure()))), [
		'packet, batches of 64 | sent | 654 k/s | 600 k/s to 700 k/s',
	]);
});

test('further figures of a case are below the first', t => {
	const rows = cellsOf(
		formatResult(result(figure(), figure({name: 'lost', unit: '%', value: 0, least: 0, most: 0}))),
	);
	t.is(rows[1], 'lost | 0 %');
});

test('goals are within reach or missed', t => {
	const percent = {unit: '%', better: 'less', least: 0.2, most: 0.2, goal: 0.5} as const;
	t.regex(formatResult(result(figure({...percent, value: 0.2}))), /within 0\.50 %/);
	t.regex(formatResult(result(figure({...percent, value: 0.7}))), /MISSES 0\.50 %/);
});

test('shares stand below their figure; those that are nothing do not', t => {
	const rows = cellsOf(formatResult(result(figure({shares: {early: 0, right: 0.9996, late: 0.0004}}))));
	t.is(rows[1], 'right 100.0 %, late 0.040 %');
});

test('with a baseline a row says what was, and what became of it', t => {
	const before = result(figure({value: 1_000_000, least: 990_000, most: 1_010_000}));
	t.regex(formatResult(result(figure()), [before]), /was 1\.00 M\/s \(0\.65\) WORSE\n$/);
	t.regex(formatResult(before, [before]), /was 1\.00 M\/s \(1\.00\)\n$/);
});

test('what could not be measured says why', t => {
	const failed = {...result(), problem: 'Cannot do it'};
	t.deepEqual(cellsOf(formatResult(failed)), ['packet, batches of 64 | not measured: Cannot do it']);
});

test('a measurement is introduced by what it means', t => {
	t.regex(formatMeasurement({measurement: 'send'}), /^\nsend: packets that leave/);
});

const MACHINE = {cores: 2, processor: 'Abacus', kernel: 'Linux 6.1', node: 'v20.20.2', load: 0.5};

test('the heading names the machine', t => {
	t.is(formatHeading(MACHINE), '2 cores of Abacus, Linux 6.1, Node v20.20.2\n');
	t.regex(formatHeading({...MACHINE, cores: 1, load: 0}), /^1 core of/);
});

test('the heading says when other programs are busy', t => {
	t.regex(formatHeading({...MACHINE, load: 0.7}), /\nOther programs are busy \(load 0\.7\): .*\n$/);
});
