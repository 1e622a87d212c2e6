import {text} from 'node:stream/consumers';
import {ScanError} from '@halfopen/model';
import {isReady, type PipedChild, startPiped} from '../programs/piped-child.ts';

/**
 * A network namespace without a name. It lives as long as the program that holds it, which reads from a pipe of this
 * process: whatever way this process ends, the kernel removes namespace and interfaces.
 */
export class NetworkNamespace {
	readonly #holder: PipedChild;

	/** @throws ScanError `ERR_HALFOPEN_PERMISSION` without root, `ERR_HALFOPEN_SYSTEM` without util-linux */
	static async create(): Promise<NetworkNamespace> {
		const holder = startPiped('unshare', ['--net', 'sh', '-c', 'echo ready; exec cat']);
		const problem = text(holder.process.stderr);
		if (await isReady(holder)) {
			return new NetworkNamespace(holder);
		}

		await holder.end;
		throw new ScanError(
			'ERR_HALFOPEN_PERMISSION',
			`Network namespaces take root (${(await problem).trim()}); \`--null\` measures what needs none`,
		);
	}

	private constructor(holder: PipedChild) {
		this.#holder = holder;
	}

	/** What names the namespace to `ip link`. */
	get pid(): number {
		return this.#holder.process.pid as number;
	}

	/** The words that run a command inside, until it ends or this process does: what is inside keeps the namespace. */
	within(command: string, args: readonly string[]): [string, string[]] {
		const enter = ['nsenter', '--net', `--target=${this.pid}`, '--', command, ...args];
		return ['setpriv', ['--pdeathsig', 'KILL', '--', ...enter]];
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
		const {process: child, end} = this.#holder;
		child.stdin.end();
		child.stdout.resume();
		await end;
	}

	async #run(command: string, args: readonly string[], input: string): Promise<void> {
		const {process: child, end} = startPiped(...this.within(command, args));
		child.stdin.end(input);
		child.stdout.resume();
		const [problem, status] = await Promise.all([text(child.stderr), end]);
		if (status !== 0) {
			throw new ScanError('ERR_HALFOPEN_SYSTEM', `\`${command}\` failed: ${problem.trim()}`);
		}
	}
}
