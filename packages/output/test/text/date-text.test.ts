import test from 'ava';
import {formatCtime, formatDateToMinute, formatDateToSecond, formatMinute} from '../../src/text/date-text.ts';

const AT = Date.UTC(2026, 0, 5, 7, 3, 9);

const inZone = <T>(zone: string, action: () => T): T => {
	process.env.TZ = zone;
	return action();
};

test('times of day have two digits everywhere', t => {
	t.is(
		inZone('UTC', () => formatMinute(AT)),
		'07:03',
	);
	t.is(
		inZone('UTC', () => formatDateToSecond(AT)),
		'2026-01-05 07:03:09 UTC',
	);
});

test("C's form of a date pads the day with a blank", t => {
	t.is(
		inZone('UTC', () => formatCtime(AT)),
		'Mon Jan  5 07:03:09 2026',
	);
});

test('a zone without an abbreviation is shown by its distance from UTC', t => {
	t.is(
		inZone('Asia/Kathmandu', () => formatDateToMinute(AT)),
		'2026-01-05 12:48 +0545',
	);
	t.is(
		inZone('America/Sao_Paulo', () => formatDateToMinute(AT)),
		'2026-01-05 04:03 -0300',
	);
});
