import test from 'ava';
import {REJECTIONS, nmapScan, type PortFinding} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {halfopenScan} from './halfopen.ts';
import {FIRST_REJECTED, KERNEL_ROWS, prepareStates, scanWith, STATE_TABLES, type Row} from './state-cases.ts';

const labTest = useLab(prepareStates);

const expectedOf = (rows: Readonly<Record<number, Row>>): Record<string, PortFinding> =>
	Object.fromEntries(Object.entries(rows).map(([port, {what, expected}]) => [`${port} ${what}`, expected]));

const expectedOfNmap = (rows: Readonly<Record<number, Row>>): Record<string, PortFinding> =>
	Object.fromEntries(
		Object.entries(rows).map(([port, {what, expected, nmap}]) => [`${port} ${what}`, nmap?.says ?? expected]),
	);

for (const [what, target, rows] of STATE_TABLES) {
	labTest(`${what} get their states and reasons`, async (t, lab) => {
		t.deepEqual(await scanWith(halfopenScan, lab, target, rows), expectedOf(rows));
	});
}

for (const [what, target, rows] of STATE_TABLES) {
	labTest(`${what} get the same from Nmap, but for what is listed`, async (t, lab) => {
		t.deepEqual(await scanWith(nmapScan, lab, target, rows), expectedOfNmap(rows));
	});
}

test('every way to reject has a row', t => {
	t.deepEqual(
		Object.keys(KERNEL_ROWS).filter(port => Number(port) >= FIRST_REJECTED).length,
		Object.keys(REJECTIONS).length,
	);
});
