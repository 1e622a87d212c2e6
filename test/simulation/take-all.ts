import type {RunningScan} from '@halfopen/engine';
import {portTableOf, type Progress, type ScanEvent, type Transport} from '@halfopen/model';

/** When a scan is ended before it is done: when it has told of so much, or while it waits for the n-th time. 0 is before it begins. */
export interface EarlyEnd {
	readonly batches?: number;
	readonly waits?: number;
}

/** All that a scan says until its end, as it is when it is said, and where it stood after each batch of events. */
export interface TakenScan {
	readonly events: readonly ScanEvent[];
	readonly progress: readonly Progress[];
}

/** Takes all that a scan says, which `run` begins with a signal that ends it early. The transport is closed then. */
export const takeAll = async (
	transport: Transport,
	run: (signal: AbortSignal) => RunningScan,
	{batches, waits}: EarlyEnd = {},
): Promise<TakenScan> => {
	const end = new AbortController();
	const after = (count: number | undefined): (() => void) => {
		let left = count ?? Infinity;
		const step = (): void => {
			if (left-- === 0) {
				end.abort();
			}
		};
		step();
		return step;
	};
	const onWait = after(waits);
	const onBatch = after(batches);
	const wait = transport.wait.bind(transport);
	transport.wait = async deadline => {
		onWait();
		await wait(deadline);
	};
	const running = run(end.signal);
	const events: ScanEvent[] = [];
	const progress: Progress[] = [];
	for await (const batch of running.batches) {
		events.push(...batch.map(event => asItIs(event)));
		progress.push(running.progress());
		onBatch();
	}

	await transport.close();
	return {events, progress};
};

/** Late answers change the ports of a report that was made. */
const asItIs = (event: ScanEvent): ScanEvent =>
	event.type === 'host'
		? {...event, report: {...event.report, ports: portTableOf([...event.report.ports])}}
		: event;
