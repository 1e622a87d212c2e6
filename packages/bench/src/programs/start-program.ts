import path from 'node:path';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {ScanError} from '@halfopen/model';
import type {Sample} from '../measurement.ts';
import type {NetworkNamespace} from '../network/network-namespace.ts';
import {firstCore} from './first-core.ts';
import type {Job, Outcome} from './job.ts';
import {isReady, type PipedChild, startPiped} from './piped-child.ts';

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
	const {process: child, end} = startProgram('worker', where);
	child.stdin.end(JSON.stringify(job));
	const [output, problem] = await Promise.all([text(child.stdout), text(child.stderr), end]);
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
	const listener = startProgram('listener', {namespace, signal});
	const {process: child, end} = listener;
	child.stdin.write(`${JSON.stringify(ports)}\n`);
	const problem = text(child.stderr);
	if (await isReady(listener)) {
		return async () => {
			child.stdin.end();
			await end;
		};
	}

	throw new ScanError('ERR_HALFOPEN_SYSTEM', `Failed to open ports: ${errorLine(await problem)}`);
};

/** A program of this folder, on the Node that runs us. */
const startProgram = (
	name: 'worker' | 'listener',
	{namespace, isOnOneCore = false, signal}: Whereabouts,
): PipedChild => {
	const here = fileURLToPath(import.meta.url);
	const program = path.join(path.dirname(here), name + path.extname(here));
	const bound = isOnOneCore ? ['taskset', '--cpu-list', firstCore()] : [];
	const words = [...bound, process.execPath, ...process.execArgv, program];
	const [command, args] = namespace?.within(words[0], words.slice(1)) ?? [words[0], words.slice(1)];
	const child = startPiped(command, args);
	const kill = (): void => {
		child.process.kill('SIGKILL');
	};
	if (signal?.aborted === true) {
		kill();
	}

	signal?.addEventListener('abort', kill);
	child.process.once('exit', () => signal?.removeEventListener('abort', kill));
	return child;
};

/** The line of what Node prints about an uncaught error that says what it is. */
const errorLine = (problem: string): string =>
	/^\w*Error\b.*$/m.exec(problem)?.[0] ?? problem.trim().split('\n').at(-1) ?? '';
