import type {AddressKey, HostReport, ScanEvent} from '@halfopen/model';
import type {TypedName} from './resolve-targets.ts';
import {ReverseNames} from './reverse-names.ts';

/** What names are given to reports. */
export interface ReportNames {
	/** Names that were typed, by address. */
	readonly typed: ReadonlyMap<AddressKey, TypedName>;
	/** Whose names are looked up in reverse DNS. */
	readonly reverse: 'up' | 'all' | 'never';
}

/**
 * Adds names to reports. A report waits for its name while other events pass by, and the scan goes on meanwhile; the
 * last event waits for all reports.
 */
export async function* nameReports(
	events: AsyncGenerator<ScanEvent, void, undefined>,
	{typed, reverse}: ReportNames,
): AsyncGenerator<ScanEvent, void, undefined> {
	const names = new ReverseNames();
	const waiting = new WaitingReports();
	try {
		for (let next = events.next(); ;) {
			const done = waiting.count === 0 ? await next : await Promise.race([next, waiting.change()]);
			yield* waiting.takeNamed();
			if (done === undefined) {
				continue;
			}

			if (done.done === true) {
				return;
			}

			const event = done.value;
			if (event.type === 'end') {
				yield* waiting.drain();
			}

			if (event.type === 'host') {
				const report = withTypedName(event.report, typed);
				const isWanted = reverse === 'all' || (reverse === 'up' && report.status === 'up');
				waiting.add(report, isWanted ? names.lookUp(report.address) : undefined);
				yield* waiting.takeNamed();
			} else {
				yield event;
			}

			next = events.next();
		}
	} finally {
		await names.close();
		await events.return();
	}
}

const withTypedName = (report: HostReport, typed: ReportNames['typed']): HostReport => {
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

	add(report: HostReport, name: Promise<string | undefined> | undefined): void {
		if (name === undefined) {
			this.#named.push({type: 'host', report});
		} else {
			this.#count++;
			void this.#addWhenNamed(report, name);
		}
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
	async *drain(): AsyncGenerator<HostEvent, void, undefined> {
		while (this.#count > 0) {
			await this.#change;
			yield* this.takeNamed();
		}
	}

	async #nextChange(): Promise<undefined> {
		await new Promise<void>(resolve => {
			this.#tellChange = resolve;
		});
	}
}
