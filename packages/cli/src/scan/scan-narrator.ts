import {micros, type Micros, type ScanEvent, type ScanPlan} from '@halfopen/model';
import {
	DECISION_LEVEL,
	formatDecision,
	formatDiscovered,
	formatPacket,
	formatRateChange,
	formatWindowSize,
	SCAN_TASK,
	type TraceDetail,
} from '@halfopen/output';
import type {LiveSettings} from '../terminal/keys.ts';
import {Phases} from './phases.ts';

/** What is said of an event: on the screen only, or in the report file as well. */
export interface Narration {
	readonly screen: string;
	readonly both: string;
}

const NOTHING: Narration = {screen: '', both: ''};

const onScreen = (text: string): Narration => ({screen: text, both: ''});

const everywhere = (text: string): Narration => ({screen: '', both: text});

/** What is said while a scan runs, between the reports of the hosts: phases, discoveries, packets, decisions. */
export class ScanNarrator {
	#settings: LiveSettings;
	#plan: ScanPlan | undefined;
	#phases: Phases | undefined;

	constructor(settings: LiveSettings) {
		this.#settings = settings;
	}

	get settings(): LiveSettings {
		return this.#settings;
	}

	/** From now on more is said, or less. */
	change(settings: LiveSettings): void {
		this.#settings = settings;
	}

	/** Name of what is being done, for status lines; before the scan began too. */
	get task(): string {
		return this.#phases?.task ?? SCAN_TASK.syn;
	}

	/** `at` is the time of day, in milliseconds since the epoch. */
	tell(event: ScanEvent, at: number): Narration {
		const {verbosity, debugging} = this.#settings;
		switch (event.type) {
			case 'started': {
				this.#plan = event.plan;
				this.#phases = new Phases(event.plan);
				return this.#ofPhases(this.#phases.begin(at));
			}

			case 'host-started': {
				return this.#ofPhases(this.#phases?.hostStarted(event.address, at));
			}

			case 'port': {
				if (this.#plan?.sweep?.results === 'stream') {
					return NOTHING; // The report itself has it.
				}

				const isTold = event.result.state === 'open' ? verbosity > 0 : debugging > 1;
				return isTold ? onScreen(formatDiscovered(event.address, event.result)) : NOTHING;
			}

			case 'host': {
				return this.#ofPhases(this.#phases?.hostDone(event.report, at));
			}

			case 'packet': {
				if (!this.#settings.packetTrace) {
					return NOTHING;
				}

				const line = formatPacket(event.packet, {startedAt: this.#zero, detail: this.#traceDetail});
				return everywhere(`${line}\n`);
			}

			case 'decision': {
				return DECISION_LEVEL[event.decision.what] <= debugging
					? everywhere(`${formatDecision(event.decision, this.#zero)}\n`)
					: NOTHING;
			}

			case 'rate': {
				return debugging > 1 ? everywhere(`${formatRateChange(event, this.#zero)}\n`) : NOTHING;
			}

			case 'window': {
				return debugging > 0 ? everywhere(`${formatWindowSize(event, this.#zero)}\n`) : NOTHING;
			}

			case 'end': {
				return this.#ofPhases(this.#phases?.end(event.summary, at));
			}

			default: {
				return NOTHING;
			}
		}
	}

	/** Phases are for those who want to know more. */
	#ofPhases(text = ''): Narration {
		return this.#settings.verbosity > 0 ? onScreen(text) : NOTHING;
	}

	/** The zero of the times in traces. */
	get #zero(): Micros {
		return this.#plan?.startedAtClock ?? micros(0);
	}

	/** Details come one debug level later than decisions. */
	get #traceDetail(): TraceDetail {
		const level = this.#settings.debugging - 1;
		return level >= 2 ? 2 : level === 1 ? 1 : 0;
	}
}
