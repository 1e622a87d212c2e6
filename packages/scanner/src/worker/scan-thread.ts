// The program of the thread that a scan with `worker: true` runs in.
import {type MessagePort, parentPort, workerData} from 'node:worker_threads';
import {runBatches} from '../run-batches.ts';
import {ScanControls} from '../scan-controls.ts';
import {failureOf} from './failure.ts';
import type {Assignment, News, Order} from './messages.ts';
import {Outbox} from './outbox.ts';

/** How often the caller is told where the scan stands while nothing happens, in milliseconds. */
const PROGRESS_INTERVAL = 100;

const run = async (port: MessagePort, {options, isAborted, rate, told}: Assignment): Promise<void> => {
	const controls = new ScanControls(rate, told);
	const say = (news: News, moved: readonly ArrayBuffer[] = []): void => {
		port.postMessage(news, moved);
	};
	const outbox = new Outbox((events, moved) => {
		say({type: 'events', events, progress: controls.progress()}, moved);
	});
	const ending = new AbortController();
	if (isAborted) {
		ending.abort();
	}

	let isWanted = true;
	port.on('message', (order: Order) => {
		switch (order.type) {
			case 'taken': {
				outbox.onTaken();
				break;
			}

			case 'set-rate': {
				controls.setRate(order.rate);
				break;
			}

			case 'tell': {
				controls.tell(order.what);
				break;
			}

			case 'leave': {
				isWanted = false;
				outbox.close();
				ending.abort();
				break;
			}

			case 'abort': {
				ending.abort();
				break;
			}
		}
	});
	const timer = setInterval(() => {
		say({type: 'progress', progress: controls.progress()});
	}, PROGRESS_INTERVAL);
	try {
		for await (const batch of runBatches({...options, signal: ending.signal}, controls)) {
			await outbox.add(batch);
			if (!isWanted) {
				break;
			}
		}

		await outbox.flush();
		say({type: 'done'});
	} catch (error) {
		await outbox.flush();
		say({type: 'failed', failure: failureOf(error)});
	} finally {
		clearInterval(timer);
		port.unref(); // Nothing else keeps the thread; what was said is delivered first
	}
};

if (parentPort !== null) {
	await run(parentPort, workerData as Assignment);
}
