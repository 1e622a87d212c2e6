import {nmapScan, parseNmapXml, type Findings, type PortFinding} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {halfopenScan, runHalfopen} from './halfopen.ts';
import {scanWith, type Row} from './state-cases.ts';
import {
	DIRECT_THOUSAND,
	FAR_THOUSAND,
	prepareStatesV6,
	prepareThousand,
	STATE_TABLES_V6,
} from './state-cases-v6.ts';

const labTest = useLab(async lab => {
	await prepareStatesV6(lab);
	prepareThousand(lab);
});

const expectedOf = (rows: Readonly<Record<number, Row>>): Record<string, PortFinding> =>
	Object.fromEntries(Object.entries(rows).map(([port, {what, expected}]) => [`${port} ${what}`, expected]));

const expectedOfNmap = (rows: Readonly<Record<number, Row>>): Record<string, PortFinding> =>
	Object.fromEntries(
		Object.entries(rows).map(([port, {what, expected, nmap}]) => [`${port} ${what}`, nmap?.says ?? expected]),
	);

for (const [what, target, rows] of STATE_TABLES_V6) {
	labTest(`${what} get their states and reasons`, async (t, lab) => {
		t.deepEqual(await scanWith(halfopenScan, lab, target, rows), expectedOf(rows));
	});
}

for (const [what, target, rows] of STATE_TABLES_V6) {
	labTest(`${what} get the same from Nmap, but for what is listed`, async (t, lab) => {
		t.deepEqual(await scanWith(nmapScan, lab, target, rows), expectedOfNmap(rows));
	});
}

/** State and reason by port. */
const verdictsOf = (findings: Findings): Record<string, string> =>
	Object.fromEntries([...findings].map(([port, {state, reason}]) => [port, `${state} ${reason}`]));

for (const [where, target] of [
	['on the link', DIRECT_THOUSAND],
	['behind a router', FAR_THOUSAND],
]) {
	labTest(`1000 ports ${where} have the states and reasons of Nmap`, async (t, lab) => {
		const args = ['-6', '-Pn', '-p', '1-1000', target];
		const {stdout} = await runHalfopen(lab.scanner, ['-n', '-oX', '-', ...args]);
		const ours = verdictsOf(parseNmapXml(stdout));
		t.is(Object.keys(ours).length, 1000);
		t.deepEqual(ours, verdictsOf(await nmapScan(lab.scanner, args)));
		t.is(new Set(Object.values(ours)).size, 8); // Every way to reject but one, which looks like another; open; silent
	});
}
