import type {AddressKey, HostReport, ScanEvent} from '@halfopen/model';
import {WaitingReports} from './names/waiting-reports.ts';
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
	const pass = passing({typed, reverse}, names, waiting);
	let next = batches.next();
	try {
		for (;;) {
			const batch = await batchOrName(next, waiting);
			yield* notEmpty(waiting.takeNamed());
			if (batch === undefined) {
				continue;
			}

			if (batch.done === true) {
				return;
			}

			yield* handOn(batch.value, pass, waiting);
			next = batches.next();
		}
	} finally {
		abandon();
		next.catch(() => {}); // Nobody waits for it any more
		await names.close();
		await batches.return();
	}
}

/** Makes what gives back those events that need not wait, and keeps reports until their names are known. */
const passing = (
	{typed, reverse}: Pick<ReportNames, 'typed' | 'reverse'>,
	names: ReverseNames,
	waiting: WaitingReports,
): ((event: ScanEvent) => readonly ScanEvent[]) => {
	/** Names of hosts that are being scanned. */
	const early = new Map<AddressKey, Promise<string | undefined>>();
	return event => {
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
};

/** The next batch, or `undefined` when a name is there before it. */
const batchOrName = async <Batch>(
	next: Promise<Batch>,
	waiting: WaitingReports,
): Promise<Batch | undefined> => {
	if (waiting.count === 0) {
		return next;
	}

	return Promise.race(waiting.count < MOST_WAITING ? [next, waiting.change()] : [waiting.change()]);
};

/** The events of a batch that need not wait; the last of all comes behind the reports that do. */
async function* handOn(
	events: readonly ScanEvent[],
	pass: (event: ScanEvent) => readonly ScanEvent[],
	waiting: WaitingReports,
): EventBatches {
	if (events.at(-1)?.type === 'end') {
		yield* notEmpty(events.slice(0, -1).flatMap(event => pass(event)));
		yield* waiting.drain();
		yield events.slice(-1);
	} else if (events.some(({type}) => type === 'host' || type === 'host-started')) {
		yield* notEmpty(events.flatMap(event => pass(event)));
	} else {
		yield events;
	}
}

/** A batch with something in it, or none. */
const notEmpty = (events: readonly ScanEvent[]): (readonly ScanEvent[])[] =>
	events.length === 0 ? [] : [events];

/** A report with the name that its address was asked for by, if any. */
export const withTypedName = (report: HostReport, typed: ReportNames['typed']): HostReport => {
	const found = typed.get(report.address.value);
	return found === undefined ? report : {...report, name: found.name, otherAddresses: found.others};
};
