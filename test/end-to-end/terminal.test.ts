// The command line at a real terminal: a pseudo terminal, made by script(1).
import {type ChildProcessWithoutNullStreams, spawn, spawnSync} from 'node:child_process';
import {EventEmitter, once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {CLI, NODE} from './halfopen.ts';

const isPossible = spawnSync('script', ['--version']).status === 0;

/** Long enough for every key, on addresses of this machine only. */
const SLOW_SCAN = '-sT -n -p1-20000 --max-rate 400 127.0.0.1';

/** What somebody sees and does at a terminal. */
class Terminal {
	readonly #process: ChildProcessWithoutNullStreams;
	readonly #changes = new EventEmitter();
	#shown = '';

	/** Runs halfopen, and shows its status and the settings of the terminal when it is done. */
	constructor(words: string) {
		const command = `sh -c 'echo pid=$$; exec ${NODE} ${CLI} ${words}'; echo status=$?; stty -a`;
		this.#process = spawn('script', ['-qfc', command, '/dev/null'], {
			env: {...process.env, SHELL: '/bin/sh', TERM: 'xterm', NO_COLOR: '1', HOME: '/nonexistent'},
		});
		this.#process.stdout.setEncoding('utf8').on('data', (text: string) => {
			this.#shown += text;
			this.#changes.emit('change');
		});
		this.#process.on('close', () => this.#changes.emit('change'));
	}

	press(keys: string): void {
		this.#process.stdin.write(keys);
	}

	/** To halfopen itself. */
	kill(signal: NodeJS.Signals): void {
		process.kill(Number(/pid=(\d+)/.exec(this.#shown)?.[1]), signal);
	}

	/** Everything shown so far, as soon as that matches. */
	async shows(pattern: RegExp): Promise<string> {
		while (!pattern.test(this.#shown)) {
			if (this.#process.exitCode !== null) {
				throw new Error(`The end came before ${String(pattern)}: ${this.#shown}`);
			}

			await once(this.#changes, 'change');
		}

		return this.#shown;
	}

	async end(): Promise<string> {
		await this.shows(/status=\d+[^]*-?echoke/);
		this.#process.stdin.end();
		return this.#shown;
	}
}

const terminalTest = (title: string, body: (t: ExecutionContext) => Promise<void>): void => {
	test(title, async t => {
		if (isPossible) {
			await body(t);
		} else {
			t.log('script(1) is not installed');
			t.pass();
		}
	});
};

const isRestored = (shown: string): boolean =>
	/ isig icanon iexten echo /.test(shown.replaceAll(/\s+/g, ' '));

terminalTest('keys are taken, the line is drawn below, and Ctrl-C ends the report properly', async t => {
	const terminal = new Terminal(SLOW_SCAN);
	await terminal.shows(/% {2}\d/);
	terminal.press('v\r?');
	await terminal.shows(/Verbosity: 1[^]*Stats: [^]*any other {2}show how far/);
	terminal.press('\u0003');
	const shown = await terminal.end();
	t.regex(shown, /halfopen interrupted: /);
	t.regex(shown, /status=130/);
	t.true(isRestored(shown), shown);
	const lines = shown.split('\r\n').map(line => line.split('\r\u001B[2K').at(-1) ?? '');
	t.deepEqual(
		lines.filter(line => line.includes(' ports  ')),
		[],
	);
});

terminalTest('packets and decisions are shown from a key on, and no more after another', async t => {
	if (process.getuid?.() !== 0) {
		t.log('raw packets need root');
		t.pass();
		return;
	}

	const terminal = new Terminal(SLOW_SCAN.replace('-sT', '-sS'));
	t.notRegex(await terminal.shows(/% {2}\d/), /SENT|DECIDE/);
	terminal.press('p');
	await terminal.shows(/Packet trace: on[^]*SENT [^]*RCVD /);
	terminal.press('P');
	const before = await terminal.shows(/Packet trace: off/);
	terminal.press('d');
	await terminal.shows(/Debugging: 1[^]*DECIDE [^]*is closed/);
	terminal.press('D');
	const after = await terminal.shows(/Debugging: 0/);
	t.notRegex(after.slice(before.length).replace(/^[^]*Debugging: 1/, ''), /SENT|RCVD/);
	terminal.press('\u0003');
	t.regex(await terminal.end(), /status=130/);
});

for (const [signal, status] of [
	['SIGTERM', 143],
	['SIGQUIT', 131],
	['SIGHUP', 129],
] as const) {
	terminalTest(`${signal} leaves the terminal as it was`, async t => {
		const terminal = new Terminal(SLOW_SCAN);
		await terminal.shows(/% {2}\d/);
		terminal.kill(signal);
		const shown = await terminal.end();
		t.true(shown.includes(`status=${status}`), shown);
		t.true(isRestored(shown), shown);
	});
}

terminalTest('a second Ctrl-C ends at once, and leaves the terminal as it was', async t => {
	const terminal = new Terminal(SLOW_SCAN);
	await terminal.shows(/% {2}\d/);
	terminal.press('\u0003\u0003');
	const shown = await terminal.end();
	t.regex(shown, /status=130/);
	t.true(isRestored(shown), shown);
});

terminalTest('a file gets the report, and the terminal the line', async t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'halfopen-terminal-'));
	try {
		const file = path.join(folder, 'report');
		const terminal = new Terminal(`-sT -n -p1-400 --max-rate 400 127.0.0.1 >${file}`);
		const shown = await terminal.end();
		t.regex(shown, /% {2}\d+ of 400 ports/);
		t.regex(shown, /status=0/);
		const report = readFileSync(file, 'utf8');
		t.regex(report, /^Starting halfopen [^]*halfopen done: /);
		t.false(report.includes('\u001B'));
	} finally {
		rmSync(folder, {recursive: true});
	}
});

terminalTest('a program behind a pipe has the terminal for itself', async t => {
	const terminal = new Terminal('-sT -n -p1-400 --max-rate 400 127.0.0.1 | cat');
	const shown = await terminal.end();
	t.regex(shown, /halfopen done: /);
	t.false(shown.includes('\u001B'));
});
