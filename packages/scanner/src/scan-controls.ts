import {micros, type Progress, ScanError} from '@halfopen/model';

/** What a running scan can be asked and told, whichever thread it runs in. */
export interface Controlled {
	progress(): Progress;
	setRate(packetsPerSecond: number): void;
}

/** The hold that a caller has on a scan, from before it begins. */
export class ScanControls implements Controlled {
	#running: Controlled | undefined;
	#rate: number | undefined;

	/** `rate` was set before. */
	constructor(rate?: number) {
		this.#rate = rate;
	}

	/** The rate that was set last. */
	get rate(): number | undefined {
		return this.#rate;
	}

	/** The scan runs from now on. */
	attach(running: Controlled): void {
		this.#running = running;
		if (this.#rate !== undefined) {
			running.setRate(this.#rate);
		}
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
}

/** Where a scan stands before it began. */
export const NOT_BEGUN: Progress = {
	elapsed: micros(0),
	hostsDone: 0,
	hostsUp: 0,
	hostsActive: 0,
	hostsTotal: 0,
	portsDone: 0,
	portsTotal: 0,
	probesSent: 0,
	rate: 0,
};
