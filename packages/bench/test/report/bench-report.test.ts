import test from 'ava';
import {parseReport, REPORT_VERSION, thisMachine, type BenchReport} from '../../src/report/bench-report.ts';

const REPORT: BenchReport = {
	format: 'halfopen bench',
	version: REPORT_VERSION,
	halfopen: '0.1.0',
	date: '2026-11-22T12:53:20.000Z',
	machine: thisMachine(),
	duration: 1.5,
	results: [{measurement: 'send', label: 'packet', figures: []}],
};

test('a report is read as it was written', t => {
	t.deepEqual(parseReport(JSON.stringify(REPORT), 'before.json'), REPORT);
});

const refuses = test.macro({
	title: (_, what: string) => `refused: ${what}`,
	exec(t, _what: string, text: string, message: string) {
		t.throws(() => parseReport(text, 'before.json'), {code: 'ERR_HALFOPEN_OPTION', message});
	},
});

const NO_REPORT = 'Expected a report of `halfopen bench --json` in `before.json`';
test(refuses, 'what is no JSON', 'send 100', NO_REPORT);
test(refuses, 'an empty file', '', NO_REPORT);
test(refuses, 'null', 'null', NO_REPORT);
test(refuses, 'other JSON', '{"version": 1, "results": []}', NO_REPORT);
test(refuses, 'a report without results', JSON.stringify({...REPORT, results: undefined}), NO_REPORT);
test(
	refuses,
	'a report of another version',
	JSON.stringify({...REPORT, version: 99}),
	`Expected a report of version ${REPORT_VERSION} in \`before.json\`, got \`99\``,
);
