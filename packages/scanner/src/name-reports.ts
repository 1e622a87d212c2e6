import type {AddressKey, HostReport, ScanEvent} from '@halfopen/model';
import type {TypedName} from './resolve-targets.ts';
import {ReverseNames, type ReverseNamesOptions} from './reverse-names.ts';

/** What names are given to reports. */
export interface ReportNames extends ReverseNamesOptions {
	/** Names that were typed, by address. */
	readonly typed: ReadonlyMap<AddressKey, TypedName>;
	/** Whose names are looked up in reverse DNS. */
	readonly reverse: 'up' | 'all' | 'never';
}

/** What happened since the last was taken, in order; never empty. */
export type EventBatches = AsyncGenerator<readonly ScanEvent[], void, undefined>;

/** Reports that wait for their names at a time; with more, the scan waits too. */
const MOST_WAITING = 4096;

/**
 * Adds names to reports. A name is looked up while the ports of its host are scanned. A report waits for its name while
 * other events pass by, and the scan goes on meanwhile; the last event waits for all reports. Batches that tell of no
 * host are handed on as they are.
 *
 * `abandon` ends the scan. It is called when no more batches are wanted: one may be on its way then, and far.
 */
export const nameReports = (batches: EventBatches, names: ReportNames, abandon: () => void): EventBatches =>
	names.typed.size === 0 && names.reverse === 'never' ? batches : withNames(batches, names, abandon);

async function* withNames(
	batches: EventBatches,
	{typed, reverse, ...asked}: ReportNames,
	abandon: () => void,
): EventBatches {
	const names = new ReverseNames(asked);
	const waiting = new WaitingReports();
	/** Names of hosts that are being scanned. */
	const early = new Map<AddressKey, Promise<string | undefined>>();

	/** The events of a batch that need not wait. */
	const pass = (event: ScanEvent): readonly ScanEvent[] => {
		if (event.type === 'host-started' && reverse !== 'never') {
			early.set(event.address.value, names.lookUp(event.address));
		}

		if (event.type !== 'host') {
			return [event];
		}

		const report = withTypedName(event.report, typed);
		const isWanted = reverse === 'all' || (reverse === 'up' && report.status === 'up');
		if (!isWanted) {
			return [{type: 'host', report}];
		}

		const {value: key} = report.address;
		waiting.add(report, early.get(key) ?? names.lookUp(report.address));
		early.delete(key);
		return [];
	};

	let next = batches.next();
	try {
		for (;;) {
			const done = await (waiting.count === 0
				? next
				: Promise.race(waiting.count < MOST_WAITING ? [next, waiting.change()] : [waiting.change()]));
			yield* batchOf(waiting.takeNamed());
			if (done === undefined) {
				continue;
			}

			if (done.done === true) {
				return;
			}

			const events = done.value;
			if (events.at(-1)?.type === 'end') {
				yield* batchOf(events.slice(0, -1).flatMap(event => pass(event)));
				yield* waiting.drain();
				yield events.slice(-1);
			} else if (events.some(({type}) => type === 'host' || type === 'host-started')) {
				yield* batchOf(events.flatMap(event => pass(event)));
			} else {
				yield events;
			}

			next = batches.next();
		}
	} finally {
		abandon();
		next.catch(() => {}); // Nobody waits for it any more
		await names.close();
		await batches.return();
	}
}

/** No batch is empty. */
const batchOf = (events: readonly ScanEvent[]): (readonly ScanEvent[])[] =>
	events.length === 0 ? [] : [events];

/** A report with the name that its address was asked for by, if any. */
export const withTypedName = (report: HostReport, typed: ReportNames['typed']): HostReport => {
	const found = typed.get(report.address.value);
	return found === undefined ? report : {...report, name: found.name, otherAddresses: found.others};
};

type HostEvent = ScanEvent & {type: 'host'};

/** Reports whose names are being looked up, and those whose names are known and that were not taken yet. */
class WaitingReports {
	#count = 0;
	#named: HostEvent[] = [];
	#tellChange: () => void = () => {};
	#change: Promise<undefined> = this.#nextChange();

	/** Reports that wait for a name. */
	get count(): number {
		return this.#count;
	}

	/** Resolves when a name is known that was not taken yet. */
	async change(): Promise<undefined> {
		return this.#change;
	}

	add(report: HostReport, name: Promise<string | undefined>): void {
		this.#count++;
		void this.#addWhenNamed(report, name);
	}

	async #addWhenNamed(report: HostReport, name: Promise<string | undefined>): Promise<void> {
		const reverseName = await name;
		this.#count--;
		this.#named.push({type: 'host', report: reverseName === undefined ? report : {...report, reverseName}});
		this.#tellChange();
	}

	/** Reports that are complete. */
	takeNamed(): HostEvent[] {
		const named = this.#named;
		this.#named = [];
		this.#change = this.#nextChange();
		return named;
	}

	/** All reports, as their names come in. */
	async *drain(): AsyncGenerator<HostEvent[], void, undefined> {
		while (this.#count > 0) {
			await this.#change;
			yield* batchOf(this.takeNamed()) as HostEvent[][];
		}
	}

	async #nextChange(): Promise<undefined> {
		await new Promise<void>(resolve => {
			this.#tellChange = resolve;
		});
	}
}
