// `npm test`: sets up what testing needs, runs every check, and ends with the line `N passed, N failed`.
import {spawn} from 'node:child_process';
import path from 'node:path';
import {ROOT, runScript, setUp} from './setup.mjs';
import {TEST_PACKAGES} from './system-packages.mjs';

const BIN = path.join(ROOT, 'node_modules/.bin');

/** Checks in order. `counts` reads how many tests passed and failed; without it a check counts as one. */
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
		counts: /test cases:\s+\d+ \|\s+(?<passed>\d+) passed \|\s+(?<failed>\d+) failed/,
	},
	{
		title: 'tests',
		command: ['ava'],
		counts: /(?:(?<failed>\d+) tests? failed)?[^\d]*(?<passed>\d+) tests? passed/,
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
	const found = counts === undefined ? undefined : numbersIn(output, counts);
	if (found === undefined) {
		return status === 0 && counts === undefined ? {passed: 1, failed: 0} : {passed: 0, failed: 1};
	}

	return status === 0 ? found : {...found, failed: Math.max(found.failed, 1)};
};

const numbersIn = (output, pattern) => {
	const groups = pattern.exec(output)?.groups;
	return groups === undefined
		? undefined
		: {passed: Number(groups.passed ?? 0), failed: Number(groups.failed ?? 0)};
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
