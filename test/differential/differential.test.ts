// The same command lines by Nmap and by halfopen, side by side in the lab. What differs is listed in
// docs/nmap-differences.md with its reason, or it is a mistake.
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {firewall, type Lab, listen, type RunResult} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {runHalfopen} from '../end-to-end/halfopen.ts';
import {COMPARED, ENDINGS, FILES} from './cases.ts';
import {LINE_RULES, LISTED, type LineRule} from './differences.ts';
import {masked} from './masks.ts';

const labTest = useLab(async lab => {
	await listen(lab.direct, [22, 80]);
	firewall(lab.direct, [
		{ports: '25', verdict: 'drop'},
		{ports: '113', verdict: {reject: 'admin-prohibited'}},
		{ports: '113', verdict: {rejectV6: 'admin-prohibited'}},
		{address: '10.99.9.9', packets: '', verdict: 'drop'},
	]);
});

const folder = mkdtempSync(path.join(tmpdir(), 'halfopen-differential-'));
for (const [name, content] of Object.entries(FILES)) {
	mkdirSync(path.dirname(path.join(folder, name)), {recursive: true});
	writeFileSync(path.join(folder, name), content);
}

test.after.always('the files are removed', () => {
	rmSync(folder, {recursive: true});
});

type Runs = readonly [nmap: RunResult, halfopen: RunResult];

const run = async (lab: Lab, line: string): Promise<Runs> => {
	const words = line.split(' ').filter(word => word !== '');
	const options = {cwd: folder, env: {HOME: '/nonexistent'}};
	return [await lab.scanner.run('nmap', words, options), await runHalfopen(lab.scanner, words, options)];
};

/** Command lines at a time: most of the time they wait. */
const AT_ONCE = 4;

const results = new Map<string, Promise<Runs>>();

/** Begins to run all of them when the first is wanted. */
const resultOf = async (lab: Lab, line: string): Promise<Runs> => {
	if (results.size === 0) {
		const lines = [...COMPARED, ...ENDINGS];
		for (const [index, each] of lines.entries()) {
			results.set(each, runAfter(results.get(lines[index - AT_ONCE]), lab, each));
		}
	}

	return results.get(line)!;
};

const runAfter = async (before: Promise<Runs> | undefined, lab: Lab, line: string): Promise<Runs> => {
	await before?.catch(() => {}); // That test tells
	return run(lab, line);
};

const endingOf = ({status}: RunResult): 'runs' | 'refuses' => (status === 0 ? 'runs' : 'refuses');

/** Rules that took lines out of some report. */
const usedRules = new Set<LineRule>();

const comparable = (report: string, printedBy: LineRule['printedBy']): string => {
	let text = masked(report);
	for (const rule of LINE_RULES.filter(each => each.printedBy === printedBy)) {
		const without = text.replaceAll(rule.pattern, '');
		if (without !== text) {
			usedRules.add(rule);
			text = without;
		}
	}

	return text;
};

for (const line of COMPARED) {
	labTest(`nmap and halfopen ${line}`, async (t, lab) => {
		const [nmap, halfopen] = await resultOf(lab, line);
		const reports = [comparable(nmap.stdout, 'Nmap'), comparable(halfopen.stdout, 'halfopen')];
		const isCompared = endingOf(nmap) === 'runs' && endingOf(halfopen) === 'runs';
		const differs = isCompared && reports[0] !== reports[1];
		const listed = LISTED.find(each => each.line === line);
		if (listed !== undefined) {
			t.deepEqual({line, nmap: endingOf(nmap), halfopen: differs ? 'differs' : endingOf(halfopen)}, listed);
			t.true(differs || endingOf(nmap) !== endingOf(halfopen), 'listed, but no longer different');
			return;
		}

		t.is(endingOf(halfopen), endingOf(nmap), `${nmap.stderr}\n${halfopen.stderr}`);
		if (isCompared) {
			t.is(reports[1], reports[0], halfopen.stderr);
		}
	});
}

for (const line of ENDINGS) {
	labTest(`nmap and halfopen ${line} both succeed or both refuse`, async (t, lab) => {
		const [nmap, halfopen] = await resultOf(lab, line);
		t.is(endingOf(halfopen), endingOf(nmap), halfopen.stderr);
	});
}

labTest('every rule about lines is needed', t => {
	t.deepEqual(
		LINE_RULES.filter(rule => !usedRules.has(rule)).map(({text}) => text),
		[],
	);
});

test('every command line that is listed is run', t => {
	t.deepEqual(
		LISTED.map(({line}) => line).filter(line => !COMPARED.includes(line)),
		[],
	);
});
