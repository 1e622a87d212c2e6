// Completion by the shells themselves, as far as they are installed.
import {execFile, spawnSync} from 'node:child_process';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {COMMANDS} from '../../src/commands/commands.ts';
import {shellQuote} from '../../src/completion/shell-quote.ts';
import {main} from '../../src/main.ts';
import {OPTIONS} from '../../src/options/options.ts';
import {fakeIo} from '../fake-io.ts';

const scriptFor = async (shell: string): Promise<string> => {
	const io = fakeIo();
	await main(['completion', shell], io);
	return io.out.join('');
};

const run = promisify(execFile);

/** Says so when it is not. */
const isInstalled = (t: ExecutionContext, shell: string): boolean => {
	const isThere = INSTALLED.has(shell);
	if (!isThere) {
		t.log(`${shell} is not installed`);
	}

	return isThere;
};

const INSTALLED: ReadonlySet<string> = new Set(
	['bash', 'zsh', 'fish'].filter(shell => spawnSync('which', [shell]).status === 0),
);

/** Runs `commands` in a shell beside the `script`, in a folder with a file and a folder. */
const inShell = async (t: ExecutionContext, shell: string, commands: string): Promise<string> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-completion-'));
	try {
		await writeFile(path.join(folder, 'script'), await scriptFor(shell));
		await writeFile(path.join(folder, 'my targets'), '');
		await mkdir(path.join(folder, 'my folder'));
		// Of no user, so that nobody's settings are read, and nothing is left behind
		const env = {PATH: process.env.PATH, HOME: path.join(folder, 'home')};
		const {stdout, stderr} = await run(shell, ['-c', commands], {cwd: folder, env});
		t.is(stderr, '');
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
		`source ./script; compopt() { :; }; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _halfopen; printf '%s\\n' "\${COMPREPLY[@]}"`,
	);
	return offered.split('\n').filter(line => line !== '');
};

/** Collects what Tab would offer, a line each, and leaves. */
const ZSH_COLLECTOR = String.raw`
compadd() {
	local word
	local -a offered
	for word in "$@"; do
		if [[ $word == (-|--) ]]; then
			break
		elif [[ $word == -[ADO] ]]; then
			builtin compadd "$@"
			return
		fi
	done
	builtin compadd -O offered "$@"
	print -rl -- $offered >>offered
	builtin compadd "$@"
}

collect() {
	zle complete-word
	BUFFER=exit
	zle accept-line
}
zle -N collect
bindkey '^I' collect
unsetopt autolist automenu
`;

/** What zsh offers when Tab is pressed behind the line, at a terminal of its own. */
const zshOffers = async (t: ExecutionContext, line: string): Promise<string[]> => {
	const offered = await inShell(
		t,
		'zsh',
		`print -r -- ${shellQuote(ZSH_COLLECTOR)} >collector
		zmodload zsh/zpty
		zpty shell env TERM=vt100 zsh -f -i
		zpty -w shell 'autoload -Uz compinit && compinit -u -D && source ./script && source ./collector'
		zpty -w -n shell ${shellQuote(line)}$'\\t'
		while zpty -r shell ignored; do; done
		[[ -e offered ]] && cat offered; true`,
	);
	return [...new Set(wordsIn(offered))].sort();
};

/** What fish offers behind the line. */
const fishOffers = async (t: ExecutionContext, line: string): Promise<string[]> => {
	const offered = await inShell(t, 'fish', `source ./script; complete -C ${shellQuote(line)}`);
	return wordsIn(offered).sort();
};

/** The words of lines in which blanks are quoted, folders may end with a slash, and descriptions stand behind a tab. */
const wordsIn = (lines: string): string[] =>
	lines
		.split('\n')
		.filter(line => line !== '')
		.map(line => line.replace(/\t.*/, '').replace(/\/$/, '').replaceAll('\\ ', ' '));

const SHELLS = {
	bash: async (t: ExecutionContext, line: string) =>
		(await bashOffers(t, line.replaceAll('=', ' = ').split(' '))).toSorted(),
	zsh: zshOffers,
	fish: fishOffers,
} as const;

type Shell = keyof typeof SHELLS;

const completes = test.macro({
	title: (_, line: string) => `every shell completes ${line}`,
	async exec(t, line: string, expected: readonly string[]) {
		for (const shell of Object.keys(SHELLS) as Shell[]) {
			if (isInstalled(t, shell)) {
				t.deepEqual(await SHELLS[shell](t, line), expected, shell);
			}
		}
	},
});

test(completes, 'halfopen d', ['diff', 'doctor']);
test(completes, 'halfopen --max-r', ['--max-rate', '--max-retries', '--max-rtt-timeout']);
test(completes, 'halfopen --datad', ['--datadir']);
test(completes, 'halfopen x --send ', ['auto', 'connect', 'ip', 'packet']);
test(completes, 'halfopen x -T pa', ['paranoid']);
test(completes, 'halfopen -iL my', ['my folder', 'my targets']);
test(completes, 'halfopen x -oX m', ['my folder', 'my targets']);
test(completes, 'halfopen --datadir my', ['my folder']);
test(completes, 'halfopen -e l', ['lo']);
test(completes, 'halfopen -p ', []);
test(completes, 'halfopen diff my', ['my folder', 'my targets']);
test(completes, 'halfopen completion z', ['zsh']);
test(completes, 'halfopen doctor --', ['--help', '--json']);
test(completes, 'halfopen diff --j', ['--json']);
test(completes, 'halfopen bench --max', []);
test(completes, 'halfopen bench --d', ['--duration']);
test(completes, 'halfopen x diff --max-ret', ['--max-retries']);
test(completes, 'halfopen x do', []);
test(completes, 'halfopen --max-retries ', []);
test(completes, 'halfopen x --webx', ['--webxml']);
test(completes, 'halfopen --send c', ['connect']);
test(completes, 'halfopen -oN x -oX my', ['my folder', 'my targets']);

test('bash offers every spelling of every option', async t => {
	t.deepEqual(
		await bashOffers(t, ['halfopen', '-']),
		OPTIONS.flatMap(({names}) => names),
	);
});

for (const shell of ['zsh', 'fish'] as const) {
	test(`${shell} offers every long option`, async t => {
		if (isInstalled(t, shell)) {
			t.deepEqual(
				(await SHELLS[shell](t, 'halfopen --')).filter(each => each.startsWith('--')),
				OPTIONS.flatMap(({names}) => names.filter(each => each.startsWith('--'))).sort(),
			);
		} else {
			t.pass();
		}
	});
}

test('the script for zsh says what it needs', async t => {
	if (isInstalled(t, 'zsh')) {
		t.is(
			await inShell(t, 'zsh', 'source ./script 2>&1 || true'),
			'halfopen: completion needs compinit first: autoload -Uz compinit && compinit\n',
		);
	} else {
		t.pass();
	}
});

test('commands offer the options that their help tells of', async t => {
	for (const [name, {options}] of Object.entries(COMMANDS)) {
		const io = fakeIo();
		if (options.length > 0) {
			t.is(await main([name, '--help'], io), 0);
		}

		t.deepEqual(
			[...io.out.join('').matchAll(/^ .*?(--[\w-]+)/gm)].map(([, option]) => option),
			options,
		);
	}
});

test('an unknown shell is a mistake', async t => {
	const io = fakeIo();
	t.is(await main(['completion', 'tcsh'], io), 2);
	t.is(io.errors.join(''), 'halfopen: completion: expected one of bash, zsh, fish, got `tcsh`\n');
});
