import {type ChildProcessByStdio, spawn} from 'node:child_process';
import {once} from 'node:events';
import type {Readable, Writable} from 'node:stream';
import {text} from 'node:stream/consumers';
import {ScanError} from '@halfopen/model';

type Holder = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * A network namespace without a name. It lives as long as the program that holds it, which reads from a pipe of this
 * process: whatever way this process ends, the kernel removes namespace and interfaces.
 */
export class NetworkNamespace {
	readonly #holder: Holder;

	/** @throws ScanError `ERR_HALFOPEN_PERMISSION` without root, `ERR_HALFOPEN_SYSTEM` without util-linux */
	static async create(): Promise<NetworkNamespace> {
		const holder = start('unshare', ['--net', 'sh', '-c', 'echo ready; exec cat']);
		const problem = text(holder.stderr);
		for await (const line of holder.stdout) {
			if (String(line).includes('ready')) {
				return new NetworkNamespace(holder);
			}
		}

		throw new ScanError(
			'ERR_HALFOPEN_PERMISSION',
			`Network namespaces take root (${(await problem).trim()}); \`--null\` measures what needs none`,
		);
	}

	private constructor(holder: Holder) {
		this.#holder = holder;
	}

	/** What names the namespace to `ip link`. */
	get pid(): number {
		return this.#holder.pid as number;
	}

	/** The words that run a command inside. */
	within(command: string, args: readonly string[]): [string, string[]] {
		return ['nsenter', ['--net', `--target=${this.pid}`, '--', command, ...args]];
	}

	/** Runs commands of `ip`, one a line. */
	async ip(commands: string): Promise<void> {
		await this.#run('ip', ['-batch', '-'], commands);
	}

	async sysctl(values: Readonly<Record<string, number>>): Promise<void> {
		const assignments = Object.entries(values).map(([key, value]) => `${key}=${value}\n`);
		await this.#run('sysctl', ['--quiet', '--load=-'], assignments.join(''));
	}

	/** What runs inside keeps the namespace until it ends. */
	async close(): Promise<void> {
		if (this.#holder.exitCode === null && this.#holder.signalCode === null) {
			const exit = once(this.#holder, 'exit');
			this.#holder.stdin.end();
			await exit;
		}
	}

	async #run(command: string, args: readonly string[], input: string): Promise<void> {
		const child = start(...this.within(command, args));
		child.stdin.end(input);
		const [problem, [status]] = await Promise.all([text(child.stderr), once(child, 'close')]);
		if (status !== 0) {
			throw new ScanError('ERR_HALFOPEN_SYSTEM', `\`${command}\` failed: ${problem.trim()}`);
		}
	}
}

/** Starts a program of the system that is needed. */
const start = (command: string, args: readonly string[]): Holder => {
	const child = spawn(command, args, {stdio: ['pipe', 'pipe', 'pipe']});
	child.stdin.on('error', () => {}); // It may end without reading its input
	child.once('error', cause => {
		child.stderr.destroy(new ScanError('ERR_HALFOPEN_SYSTEM', `Failed to run \`${command}\``, {cause}));
	});
	return child;
};
