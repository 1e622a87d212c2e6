import type {Micros} from '@halfopen/model';
import {CongestionWindow} from './congestion-window.ts';
import type {TimingParameters} from './parameters.ts';
import {RateFloor} from './rate-floor.ts';
import {type RttEstimate, updateRtt} from './rtt.ts';

/** The timing that all hosts of a scan share. */
export class GroupTiming {
	readonly parameters: TimingParameters;
	readonly window: CongestionWindow;
	readonly floor: RateFloor;
	#rtt: RttEstimate | undefined;
	#inFlight = 0;

	constructor(parameters: TimingParameters, now: Micros) {
		this.parameters = parameters;
		this.window = new CongestionWindow(parameters, 'halve');
		this.floor = new RateFloor(parameters.minRate, now);
	}

	/** The prior for a host of which nothing is known yet. */
	get rtt(): RttEstimate | undefined {
		return this.#rtt;
	}

	/** Probes on their way, to all hosts. */
	get inFlight(): number {
		return this.#inFlight;
	}

	/** Whether one more probe may leave, to any host. One host alone follows its own window. */
	admits(hosts: number): boolean {
		return hosts < 2 || this.window.admits(this.#inFlight);
	}

	onSend(now: Micros): void {
		this.#inFlight++;
		this.floor.onSend(now);
	}

	/** A probe is on its way no more: answered, timed out or refused. */
	onLeave(): void {
		this.#inFlight--;
	}

	onRtt(sample: Micros): void {
		this.#rtt = updateRtt(this.#rtt, sample);
	}
}
