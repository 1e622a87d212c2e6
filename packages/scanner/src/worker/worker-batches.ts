import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {Worker} from 'node:worker_threads';
import type {Told} from '@halfopen/engine';
import {NOT_BEGUN, type Progress, ScanError, type ScanEvent} from '@halfopen/model';
import type {EventBatches} from '../name-reports.ts';
import {pairListOf} from '../pairs-of-scan.ts';
import type {Controlled, ScanControls} from '../scan-controls.ts';
import type {ScanOptions} from '../scan-options.ts';
import {EventDecoder} from './event-decoder.ts';
import {errorOf} from './failure.ts';
import type {Assignment, News, Order} from './messages.ts';

/** Runs a scan in a thread of its own. Ends when the thread has ended and all that it held is closed. */
export async function* workerBatches(
	{signal, ...options}: ScanOptions,
	controls: ScanControls,
): EventBatches {
	const thread = new ScanThread({
		options: {...options, ...(options.pairs !== undefined && {pairs: pairListOf(options.pairs)})},
		isAborted: signal?.aborted === true,
		rate: controls.rate,
		told: controls.told,
	});
	controls.attach(thread);
	const abort = (): void => {
		thread.say({type: 'abort'});
	};
	signal?.addEventListener('abort', abort, {once: true});
	try {
		for (let events = await thread.next(); events !== undefined; events = await thread.next()) {
			yield events;
			thread.say({type: 'taken'});
		}
	} finally {
		signal?.removeEventListener('abort', abort);
		thread.say({type: 'leave'});
		await thread.ended;
	}
}

/** The program of the thread: TypeScript beside TypeScript, JavaScript when built. */
const PROGRAM = new URL(`scan-thread${path.extname(fileURLToPath(import.meta.url))}`, import.meta.url);

/** The caller's end of the thread. */
class ScanThread implements Controlled {
	/** The thread has ended. */
	readonly ended: Promise<void>;
	readonly #worker: Worker;
	readonly #decoder = new EventDecoder();
	readonly #inbox: (News & {type: 'events'})[] = [];
	#progress: Progress | undefined;
	#isDone = false;
	#error: Error | undefined;
	#onNews: () => void = () => {};

	constructor(assignment: Assignment) {
		this.#worker = startWorker(assignment);
		this.#worker.on('message', (news: News) => {
			this.#take(news);
			this.#onNews();
		});
		this.#worker.on('error', error => {
			this.#fail(error);
		});
		this.ended = new Promise(resolve => {
			this.#worker.once('exit', code => {
				this.#fail(
					new ScanError('ERR_HALFOPEN_SYSTEM', `The thread of the scan ended by itself, with code ${code}`),
				);
				resolve();
			});
		});
	}

	/** The next events; `undefined` after the last. Rejects with what the scan failed with. */
	async next(): Promise<readonly ScanEvent[] | undefined> {
		while (this.#inbox.length === 0 && !this.#isDone && this.#error === undefined) {
			await new Promise<void>(resolve => {
				this.#onNews = resolve;
			});
		}

		const news = this.#inbox.shift();
		if (news !== undefined) {
			return this.#decoder.decode(news.events);
		}

		if (this.#error !== undefined) {
			throw this.#error;
		}

		return undefined;
	}

	progress(): Progress {
		return this.#progress ?? NOT_BEGUN;
	}

	setRate(rate: number): void {
		this.say({type: 'set-rate', rate});
	}

	tell(what: Partial<Told>): void {
		this.say({type: 'tell', what});
	}

	say(order: Order): void {
		this.#worker.postMessage(order, []);
	}

	#take(news: News): void {
		switch (news.type) {
			case 'events': {
				this.#progress = news.progress;
				this.#inbox.push(news);
				break;
			}

			case 'progress': {
				this.#progress = news.progress;
				break;
			}

			case 'done': {
				this.#isDone = true;
				break;
			}

			case 'failed': {
				this.#fail(errorOf(news.failure));
				break;
			}
		}
	}

	/** The first failure counts, and none does after the end. */
	#fail(error: Error): void {
		if (!this.#isDone) {
			this.#error ??= error;
		}

		this.#onNews();
	}
}

const startWorker = (assignment: Assignment): Worker => {
	try {
		return new Worker(PROGRAM, {workerData: assignment, execArgv: conditionsOf(process.execArgv)});
	} catch (error) {
		throw error instanceof Error && error.name === 'DataCloneError'
			? new ScanError(
					'ERR_HALFOPEN_OPTION',
					`Expected options that can be sent to a worker: ${error.message}`,
					{cause: error, option: 'worker'},
				)
			: error;
	}
};

/** Of the words for Node those that say how imports resolve; of the others, some are not allowed for a thread. */
const conditionsOf = (words: readonly string[]): string[] =>
	words.filter(
		(word, index) =>
			/^(?:--conditions|-C)(?:=|$)/.test(word) || /^(?:--conditions|-C)$/.test(words[index - 1] ?? ''),
	);
