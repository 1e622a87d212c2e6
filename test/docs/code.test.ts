// Code that pages show is code that runs: TypeScript is taken from the examples, commands are ones that the command
// line reads.
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {parseCommandLine} from '../../packages/cli/src/options/parse-command-line.ts';
import {fencesOf, readPage, readPages, ROOT} from './markdown.ts';

const EXAMPLES = path.join(ROOT, 'examples');

/** Lines without the indentation and the blanks around them, which differ with the place. */
const flattened = (code: string): string =>
	code
		.split('\n')
		.map(line => line.trim())
		.join('\n')
		.trim();

const examples = readdirSync(EXAMPLES)
	.filter(name => name.endsWith('.ts'))
	.map(name => readFileSync(path.join(EXAMPLES, name), 'utf8'));

const isExcerpt = (code: string): boolean =>
	examples.some(example => flattened(example).includes(flattened(code)));

for (const file of ['README.md', 'docs/library.md']) {
	test(`the TypeScript of ${file} is taken from the examples`, t => {
		const fences = fencesOf(readPage(file)).filter(({language}) => language === 'ts');
		t.true(fences.length > 0);
		t.deepEqual(
			fences.map(({code}) => code).filter(code => !isExcerpt(code)),
			[],
		);
	});
}

test('the example of the README is a whole file', t => {
	const [fence] = fencesOf(readPage('README.md')).filter(({language}) => language === 'ts');
	t.true(examples.includes(fence.code));
});

/** Words of a line of a shell, quotes taken off; a comment ends it. */
const wordsOf = (line: string): string[] =>
	[...line.replace(/\s#.*$/, '').matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
		([, double, single, bare]) => double ?? single ?? bare,
	);

const COMMAND =
	/(?:^|\s)(?:npm start --|\$ halfopen|(?:node|node-raw) packages\/cli\/bin\/halfopen\.js) (.*)$/;

/** The arguments of every command line of ours in fenced code. */
const commands = readPages()
	.flatMap(page => fencesOf(page))
	.flatMap(({file, code}) =>
		code.split('\n').flatMap(line => {
			const args = COMMAND.exec(line)?.[1];
			return args === undefined ? [] : [{file, args}];
		}),
	);

test('every command line that a page shows is one that halfopen reads', t => {
	t.true(commands.length > 3);
	for (const {file, args} of commands) {
		t.notThrows(() => parseCommandLine(wordsOf(args)), `${file}: halfopen ${args}`);
	}
});
