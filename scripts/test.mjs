// `npm test`: sets up what testing needs, runs every check, and ends with the line `N passed, N failed`.
import {spawn} from 'node:child_process';
import path from 'node:path';
import {ROOT, runScript, setUp} from './setup.mjs';
import {TEST_PACKAGES} from './system-packages.mjs';

const BIN = path.join(ROOT, 'node_modules/.bin');

const NONE = {passed: 0, failed: 0};

/** Checks in order. `counts` reads how many tests passed and failed from the output; without it a check counts as one. */
const CHECKS = [
	{title: 'lint', command: ['oxlint', '--type-aware', '--type-check']},
	{title: 'format', command: ['oxfmt', '--check']},
	{title: 'types of tests', command: ['tsc', '-p', 'tsconfig.tests.json']},
	{
		title: 'format of C++',
		command: [
			'bash',
			'-c',
			"git ls-files -z 'native/*.h' 'native/*.cc' 'test/*.cc' | xargs -0 clang-format-19 --dry-run -Werror",
		],
	},
	{
		title: 'C++ tests',
		command: ['cmake-js', 'build', '-l', 'error', '-d', 'native', '-T', 'check'],
		counts: output => {
			const found = /test cases:\s+\d+ \|\s+(\d+) passed \|\s+(\d+) failed/.exec(output);
			return found === null ? NONE : {passed: Number(found[1]), failed: Number(found[2])};
		},
	},
	{
		title: 'tests',
		command: ['ava'],
		// A line for each: the totals leave out what passed when something failed.
		counts: output => ({
			passed: output.match(/^\s*✔ /gm)?.length ?? 0,
			failed: output.match(/^\s*✘ /gm)?.length ?? 0,
		}),
	},
];

const runTests = async () => {
	const totals = {passed: 0, failed: 0};
	for (const check of CHECKS) {
		const result = await runCheck(check);
		totals.passed += result.passed;
		totals.failed += result.failed;
	}

	console.log(`${totals.passed} passed, ${totals.failed} failed`);
	process.exitCode = totals.failed === 0 ? 0 : 1;
};

const runCheck = async ({title, command: [name, ...args], counts}) => {
	console.log(`\n== ${title}`);
	const {status, output} = await show(name, args);
	const found = counts === undefined ? {passed: status === 0 ? 1 : 0, failed: 0} : counts(output);
	const isFine = status === 0 && found.passed > 0;
	return {...found, failed: isFine ? found.failed : Math.max(found.failed, 1)};
};

/** Runs a command, shows what it prints, and returns that as well. */
const show = (name, args) =>
	new Promise(resolve => {
		const environment = {...process.env, PATH: `${BIN}:${process.env.PATH}`, FORCE_COLOR: '0'};
		const child = spawn(name, args, {cwd: ROOT, env: environment, stdio: ['ignore', 'pipe', 'pipe']});
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8');
			stream.on('data', text => {
				process.stdout.write(text);
				output += text;
			});
		}

		child.on('error', error => resolve({status: 1, output: error.message}));
		child.on('close', status => resolve({status, output}));
	});

runScript(() => setUp(TEST_PACKAGES));
if (process.exitCode === undefined) {
	await runTests();
}
