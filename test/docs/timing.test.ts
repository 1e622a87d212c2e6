// Numbers of docs/timing.md are those of the code.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {TEMPLATES, triesNeeded, type TimingParameters} from '../../packages/timing/src/index.ts';
import {readPage, ROOT, tableBelow} from './markdown.ts';

const page = readPage('docs/timing.md');

const ROWS: readonly [string, keyof TimingParameters][] = [
	['--min-rtt-timeout', 'minRttTimeout'],
	['--max-rtt-timeout', 'maxRttTimeout'],
	['--initial-rtt-timeout', 'initialRttTimeout'],
	['--scan-delay', 'scanDelay'],
	['--max-scan-delay', 'maxScanDelay'],
	['--max-parallelism', 'maxParallelism'],
	['--max-retries', 'maxRetries'],
	['initial rate', 'initialRate'],
	['rate while nothing answers', 'blindRate'],
];

const IN_MICROSECONDS = /Timeout$|Delay$/;

const cellOf = (name: keyof TimingParameters, value: number): string =>
	value === Infinity ? 'none' : String(IN_MICROSECONDS.test(name) ? value / 1000 : value);

test('the table of templates is that of the code', t => {
	t.deepEqual(
		tableBelow(page, 'Templates'),
		ROWS.map(([title, name]) => [title, ...TEMPLATES.map(template => cellOf(name, Number(template[name])))]),
	);
});

const PORTS = 10_000;

test('the table of tries follows from the formula', t => {
	const rows = tableBelow(page, 'Tries');
	t.true(rows.length > 0);
	for (const [share, ...cells] of rows) {
		const loss = Number.parseFloat(share) / 100;
		t.deepEqual(
			cells,
			[1, 10, 100, 1000, PORTS].map(answered =>
				String(triesNeeded({ports: PORTS, answered, loss}, TEMPLATES[3])),
			),
			share,
		);
	}
});

/** `export const NAME: Type = value; // why` at the top level of a file. */
const DECLARATION = /^(?:export )?const (?<name>[A-Z][A-Z_]*)(?:: \w+)? = (?<value>[^;]*);/gm;

/** `- [file.ts](path/file.ts): \`NAME = value\`, …` */
const LIST_ITEM = /^- \[[^\]]+\]\((?<file>[^)]+)\): (?<constants>(?:.|\n {2})+)/gm;

const constantsOf = (file: string): Set<string> =>
	new Set(
		[...readFileSync(path.join(ROOT, 'docs', file), 'utf8').matchAll(DECLARATION)].map(
			({groups}) => `${groups!['name']} = ${groups!['value']}`,
		),
	);

test('the constants are those of the code: when they are not, the text may not be right either', t => {
	const section = page.text.split(/^## /m).find(part => part.startsWith('Constants\n'))!;
	const items = [...section.matchAll(LIST_ITEM)].map(({groups}) => groups!);
	t.true(items.length > 0);
	for (const item of items) {
		const stated = [...item['constants'].matchAll(/`([^`]+)`/g)].map(([, constant]) => constant);
		t.true(stated.length > 0, item['file']);
		const actual = constantsOf(item['file']);
		t.deepEqual(
			stated.filter(constant => !actual.has(constant)),
			[],
			item['file'],
		);
	}
});
