import {type ChildProcessByStdio, spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import type {Readable, Writable} from 'node:stream';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {ScanError} from '@halfopen/model';
import type {Sample} from '../measurement.ts';
import type {NetworkNamespace} from '../network/network-namespace.ts';
import type {Job, Outcome} from './job.ts';

/** Where a program runs, and until when. */
export interface Whereabouts {
	/** Without one it runs where we are. */
	readonly namespace: NetworkNamespace | undefined;
	/** Whether all its threads share one core. */
	readonly isOnOneCore?: boolean;
	readonly signal: AbortSignal | undefined;
}

/** Runs the worker to its end. */
export const runWorker = async (job: Job, where: Whereabouts): Promise<readonly (readonly Sample[])[]> => {
	const child = startProgram('worker', where);
	child.stdin.end(JSON.stringify(job));
	const [output, problem] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
	if (where.signal?.aborted === true) {
		throw new ScanError('ERR_HALFOPEN_SYSTEM', 'interrupted');
	}

	if (output === '') {
		throw new ScanError(
			'ERR_HALFOPEN_SYSTEM',
			`Failed to measure \`${job.measurement}\`: ${errorLine(problem)}`,
		);
	}

	const outcome = JSON.parse(output) as Outcome;
	if ('problem' in outcome) {
		throw new ScanError(outcome.problem.code, outcome.problem.message);
	}

	return outcome.rounds;
};

/** Opens TCP ports in the namespace. Returns how to close them. */
export const openPorts = async (
	ports: readonly number[],
	namespace: NetworkNamespace,
	signal: AbortSignal | undefined,
): Promise<() => Promise<void>> => {
	const child = startProgram('listener', {namespace, signal});
	child.stdin.write(`${JSON.stringify(ports)}\n`);
	const problem = text(child.stderr);
	for await (const line of child.stdout) {
		if (String(line).includes('ready')) {
			return async () => {
				const end = once(child, 'exit');
				child.stdin.end();
				await end;
			};
		}
	}

	throw new ScanError('ERR_HALFOPEN_SYSTEM', `Failed to open ports: ${errorLine(await problem)}`);
};

/** A program of this folder, on the Node that runs us. */
const startProgram = (
	name: 'worker' | 'listener',
	{namespace, isOnOneCore = false, signal}: Whereabouts,
): ChildProcessByStdio<Writable, Readable, Readable> => {
	const here = fileURLToPath(import.meta.url);
	const program = path.join(path.dirname(here), name + path.extname(here));
	const bound = isOnOneCore ? ['taskset', '--cpu-list', '0'] : [];
	const words = [...bound, process.execPath, ...process.execArgv, program];
	const [command, args] = namespace?.within(words[0], words.slice(1)) ?? [words[0], words.slice(1)];
	const child = spawn(command, args, {stdio: ['pipe', 'pipe', 'pipe']});
	const kill = (): void => {
		child.kill('SIGKILL');
	};
	signal?.addEventListener('abort', kill);
	child.once('exit', () => signal?.removeEventListener('abort', kill));
	child.stdin.on('error', () => {}); // It may end without reading its input
	return child;
};

/** The line of what Node prints about an uncaught error that says what it is. */
const errorLine = (problem: string): string =>
	/^\w*Error\b.*$/m.exec(problem)?.[0] ?? problem.trim().split('\n').at(-1) ?? '';
