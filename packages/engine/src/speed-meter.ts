import {type Micros, micros, SECOND} from '@halfopen/model';

/** How often the counts are looked at. */
const INTERVAL = SECOND / 8;

/** Looks that are remembered: the speed of late is that of this many seconds. */
const LOOKS = 80;

/** The rate now is that of the last second. */
const LOOKS_NOW = 8;

interface Look {
	readonly at: Micros;
	readonly probes: number;
	readonly ports: number;
}

/** Measures how fast probes leave and ports are done. */
export class SpeedMeter {
	readonly #looks: Look[] = [];

	/** Told often of the counts so far; it takes note every so often. */
	note(at: Micros, probes: number, ports: number): void {
		const last = this.#looks.at(-1);
		if (last !== undefined && at - last.at < INTERVAL) {
			return;
		}

		this.#looks.push({at, probes, ports});
		if (this.#looks.length > LOOKS) {
			this.#looks.shift();
		}
	}

	/** Probes per second over the last second or so; 0 while nothing was measured. */
	rateNow(at: Micros, probes: number): number {
		const since = this.#looks.at(-LOOKS_NOW) ?? this.#looks[0];
		return since === undefined || at <= since.at ? 0 : ((probes - since.probes) * SECOND) / (at - since.at);
	}

	/** How long so many ports take at the speed of late; `undefined` while none are done. */
	timeFor(portsLeft: number, at: Micros, ports: number): Micros | undefined {
		const [since] = this.#looks;
		return since === undefined || at <= since.at || ports <= since.ports
			? undefined
			: micros((portsLeft * (at - since.at)) / (ports - since.ports));
	}
}
