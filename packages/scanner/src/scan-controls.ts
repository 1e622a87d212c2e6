import type {Told} from '@halfopen/engine';
import {NOT_BEGUN, type Progress, ScanError} from '@halfopen/model';

/** What a running scan can be asked and told, whichever thread it runs in. */
export interface Controlled {
	progress(): Progress;
	setRate(packetsPerSecond: number): void;
	tell(what: Partial<Told>): void;
}

/** The hold that a caller has on a scan, from before it begins. */
export class ScanControls implements Controlled {
	#running: Controlled | undefined;
	#rate: number | undefined;
	#told: Partial<Told>;

	/** `rate` and `told` are what was said before. */
	constructor(rate?: number, told: Partial<Told> = {}) {
		this.#rate = rate;
		this.#told = told;
	}

	/** The rate that was set last. */
	get rate(): number | undefined {
		return this.#rate;
	}

	/** What is to be told other than the options say. */
	get told(): Partial<Told> {
		return this.#told;
	}

	/** The scan runs from now on. */
	attach(running: Controlled): void {
		this.#running = running;
		if (this.#rate !== undefined) {
			running.setRate(this.#rate);
		}

		running.tell(this.#told);
	}

	progress(): Progress {
		return this.#running?.progress() ?? NOT_BEGUN;
	}

	setRate(packetsPerSecond: number): void {
		if (!(packetsPerSecond > 0)) {
			throw new ScanError('ERR_HALFOPEN_OPTION', `Expected a rate above 0, got \`${packetsPerSecond}\``);
		}

		this.#rate = packetsPerSecond;
		this.#running?.setRate(packetsPerSecond);
	}

	tell(what: Partial<Told>): void {
		this.#told = {...this.#told, ...what};
		this.#running?.tell(what);
	}
}
