// Completion by the shells themselves, as far as they are installed.
import {spawnSync} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {main} from '../../src/main.ts';
import {OPTIONS} from '../../src/options/options.ts';
import {fakeIo} from '../fake-io.ts';

const scriptFor = async (shell: string): Promise<string> => {
	const io = fakeIo();
	await main(['completion', shell], io);
	return io.out.join('');
};

const isInstalled = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

/** Runs `commands` in a shell that read the script, in a folder with two files. */
const inShell = async (t: ExecutionContext, shell: string, commands: string): Promise<string> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-completion-'));
	try {
		const script = path.join(folder, 'script');
		await writeFile(script, await scriptFor(shell));
		await writeFile(path.join(folder, 'my targets'), '');
		const {stdout, stderr, status} = spawnSync(shell, ['-c', `source ${script}; ${commands}`], {
			cwd: folder,
			encoding: 'utf8',
		});
		t.is(stderr, '');
		t.is(status, 0);
		return stdout;
	} finally {
		await rm(folder, {recursive: true});
	}
};

/** What bash offers when the cursor is behind the last word. */
const bashOffers = async (t: ExecutionContext, words: readonly string[]): Promise<string[]> => {
	const quoted = words.map(word => `'${word}'`).join(' ');
	const offered = await inShell(
		t,
		'bash',
		`compopt() { :; }; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _halfopen; printf '%s\\n' "\${COMPREPLY[@]}"`,
	);
	return offered.split('\n').filter(line => line !== '');
};

const completes = test.macro({
	title: (_, line: string) => `bash completes ${line}`,
	async exec(t, line: string, expected: readonly string[]) {
		t.deepEqual(await bashOffers(t, line.split(' ')), expected);
	},
});

test(completes, 'halfopen d', ['diff', 'doctor']);
test(completes, 'halfopen --max-r', ['--max-retries', '--max-rate', '--max-rtt-timeout']);
test(completes, 'halfopen x --send ', ['auto', 'ip', 'packet', 'connect']);
test(completes, 'halfopen x --send = p', ['packet']);
test(completes, 'halfopen x --send =', ['auto', 'ip', 'packet', 'connect']);
test(completes, 'halfopen -iL my', ['my targets']);
test(completes, 'halfopen -e l', ['lo']);
test(completes, 'halfopen -p ', []);
test(completes, 'halfopen diff my', ['my targets']);
test(completes, 'halfopen completion z', ['zsh']);

test('bash offers every spelling of every option', async t => {
	t.deepEqual(
		await bashOffers(t, ['halfopen', '-']),
		OPTIONS.flatMap(({names}) => names),
	);
});

test('zsh takes every option', async t => {
	if (!isInstalled('zsh')) {
		t.log('zsh is not installed');
		t.pass();
		return;
	}

	// _arguments is asked to check its specifications only.
	t.is(
		await inShell(
			t,
			'zsh',
			'autoload -Uz compinit && compinit -u -D; which _halfopen >/dev/null && echo loaded',
		),
		'loaded\n',
	);
});

test('fish offers every long option', async t => {
	if (!isInstalled('fish')) {
		t.log('fish is not installed');
		t.pass();
		return;
	}

	const offered = await inShell(t, 'fish', 'complete -C "halfopen --"');
	for (const name of OPTIONS.flatMap(({names}) => names).filter(each => each.startsWith('--'))) {
		t.true(offered.includes(`${name}\t`) || offered.includes(`${name}=`), name);
	}
});

test('an unknown shell is a mistake', async t => {
	const io = fakeIo();
	t.is(await main(['completion', 'tcsh'], io), 2);
	t.is(io.errors.join(''), 'halfopen: completion: expected one of bash, zsh, fish, got `tcsh`\n');
});
