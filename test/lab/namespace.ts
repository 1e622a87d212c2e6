import {execFileSync, spawn, type ChildProcessByStdio} from 'node:child_process';
import {once} from 'node:events';
import type {Readable, Writable} from 'node:stream';
import {createInterface} from 'node:readline';
import {text} from 'node:stream/consumers';

export interface RunOptions {
	/** Milliseconds after which the command is killed, which is an error. By default it has minutes. */
	readonly timeout?: number;
	/** Added to the environment. */
	readonly env?: Readonly<Record<string, string>>;
	/** For its standard input, which is empty otherwise. */
	readonly input?: string;
	readonly cwd?: string;
}

/** How a command ended. */
export interface RunResult {
	readonly status: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly stdout: string;
	readonly stderr: string;
}

export type Child = ChildProcessByStdio<Writable, Readable, Readable>;

const DEFAULT_TIMEOUT = 300_000; // Only for what never ends: machines may be slow

/** A network namespace of the lab's own, and the programs that run in it. */
export class Namespace {
	readonly name: string;
	readonly #children = new Set<Child>();

	constructor(name: string) {
		this.name = name;
		execFileSync('ip', ['netns', 'add', name]);
		this.ip('link set lo up');
	}

	/** Runs commands of `ip`, one a line, inside the namespace. */
	ip(commands: string): void {
		execFileSync('ip', ['-netns', this.name, '-batch', '-'], {input: commands});
	}

	sysctl(values: Readonly<Record<string, number>>): void {
		const assignments = Object.entries(values).map(([key, value]) => `${key}=${value}`);
		execFileSync('ip', ['netns', 'exec', this.name, 'sysctl', '-q', '-w', ...assignments]);
	}

	/** Runs a command to its end. Any exit status is a result; running out of time is an error. */
	async run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
		const child = this.spawn(command, args, options);
		const output = {stdout: '', stderr: ''};
		for (const name of ['stdout', 'stderr'] as const) {
			child[name].setEncoding('utf8').on('data', (part: string) => {
				output[name] += part;
			});
		}

		child.stdin.end(options.input);
		const timeout = options.timeout ?? DEFAULT_TIMEOUT;
		let timedOut = false;
		const timer = setTimeout(() => {
			timedOut = true;
			child.kill('SIGKILL');
			child.stdout.destroy(); // A child of its own may hold these open.
			child.stderr.destroy();
		}, timeout);
		const [status, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
		clearTimeout(timer);
		if (timedOut) {
			throw new Error(
				`\`${command} ${args.join(' ')}\` did not end within ${timeout} ms\n${output.stdout}\n${output.stderr}`,
			);
		}

		return {status, signal, ...output};
	}

	/** Starts a command; the lab kills it at its end if it still runs. */
	spawn(command: string, args: readonly string[], options: RunOptions = {}): Child {
		const child = spawn('ip', ['netns', 'exec', this.name, command, ...args], {
			stdio: ['pipe', 'pipe', 'pipe'],
			env: {...process.env, ...options.env},
			cwd: options.cwd,
		});
		this.#children.add(child);
		child.once('exit', () => this.#children.delete(child));
		child.stdin.on('error', () => {}); // It may end without reading its input.
		return child;
	}

	/** Starts a program of the lab and waits until it says "ready". */
	async start(program: string, args: readonly string[]): Promise<Background> {
		const child = this.spawn(program, args);
		const problem = text(child.stderr);
		for await (const line of createInterface({input: child.stdout})) {
			if (line === 'ready') {
				return {stop: () => stop(child)};
			}
		}

		throw new Error(`\`${program} ${args.join(' ')}\` did not start: ${await problem}`);
	}

	/** Kills what runs inside, then removes the namespace and its devices. */
	async close(): Promise<void> {
		await Promise.all([...this.#children].map(child => stop(child)));
		this.remove();
	}

	/** As `close`, at once: for a process that is about to end. */
	remove(): void {
		const pids = execFileSync('ip', ['netns', 'pids', this.name], {encoding: 'utf8'});
		for (const pid of pids.split('\n').filter(Boolean)) {
			kill(Number(pid));
		}

		execFileSync('ip', ['netns', 'delete', this.name]);
	}
}

/** A program that runs until it is stopped. */
export interface Background {
	stop(): Promise<void>;
}

const stop = async (child: Child): Promise<void> => {
	if (child.exitCode === null && child.signalCode === null) {
		child.kill('SIGKILL');
		await once(child, 'exit');
	}
};

const kill = (pid: number): void => {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It has ended meanwhile.
	}
};
