// What halfopen and Nmap say of ports of every kind, side by side: states, reasons, TTLs and senders.
//
// Usage: node bench/states.ts
import {halfopenScan} from '../test/end-to-end/halfopen.ts';
import {prepareStates, scanWith, STATE_TABLES} from '../test/end-to-end/state-cases.ts';
import {prepareStatesV6, STATE_TABLES_V6} from '../test/end-to-end/state-cases-v6.ts';
import {createLab, nmapScan, type PortFinding} from '../test/lab/index.ts';
import {markdownTable, report} from './measure.ts';

const textOf = (finding: PortFinding | undefined): string => {
	if (finding === undefined) {
		return 'nothing';
	}

	const {state, reason, sender, ttl} = finding;
	return [state, reason, sender && `from ${sender}`, ttl > 0 && `ttl ${ttl}`].filter(Boolean).join(' ');
};

const tables: string[] = [];
for (const [prepare, cases] of [
	[prepareStates, STATE_TABLES],
	[prepareStatesV6, STATE_TABLES_V6],
] as const) {
	const lab = await createLab();
	await prepare(lab);
	for (const [title, target, rows] of cases) {
		const ours = await scanWith(halfopenScan, lab, target, rows);
		const theirs = await scanWith(nmapScan, lab, target, rows);
		const body = Object.entries(rows).map(([port, {what, nmap}]) => {
			const [one, other] = [textOf(ours[`${port} ${what}`]), textOf(theirs[`${port} ${what}`])];
			return [port, what, one, one === other ? 'the same' : `${other}: ${nmap?.because ?? 'NOT EXPECTED'}`];
		});
		tables.push(`## ${title}\n\n${markdownTable([['port', 'what it does', 'halfopen', 'Nmap'], ...body])}`);
	}

	await lab.close();
}

report('states', 'Port states beside those of Nmap', tables.join('\n'));
