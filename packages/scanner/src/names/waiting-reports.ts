import type {HostReport, ScanEvent} from '@halfopen/model';

/** The event that tells of a report. */
export type HostEvent = ScanEvent & {type: 'host'};

/** Reports whose names are being looked up, and those whose names are known and that were not taken yet. */
export class WaitingReports {
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
		while (this.#count > 0 || this.#named.length > 0) {
			await this.#change;
			yield this.takeNamed();
		}
	}

	async #nextChange(): Promise<undefined> {
		await new Promise<void>(resolve => {
			this.#tellChange = resolve;
		});
	}
}
