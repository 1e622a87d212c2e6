import {
	formatAddress,
	micros,
	SECOND,
	type HostReport,
	type Micros,
	type ScanEvent,
	type ScanPlan,
} from '@halfopen/model';
import {
	DECISION_LEVEL,
	formatCompleted,
	formatDecision,
	formatDiscovered,
	formatHostCompleted,
	formatInitiating,
	formatPacket,
	formatRateChange,
	formatScanning,
	formatWindowSize,
	SCAN_TASK,
	type TraceDetail,
} from '@halfopen/output';
import type {LiveSettings} from '../terminal/keys.ts';

/** What is said of an event: on the screen only, or in the report file as well. */
export interface Narration {
	readonly screen: string;
	readonly both: string;
}

const NOTHING: Narration = {screen: '', both: ''};

const onScreen = (text: string): Narration => ({screen: text, both: ''});

const everywhere = (text: string): Narration => ({screen: '', both: text});

/** Hosts of which fewer probes were sent are not worth a line of their own when they are done. */
const LEAST_PROBES_TO_TELL = 51;

/** What is said while a scan runs, between the reports of the hosts: phases, discoveries, packets, decisions. */
export class ScanNarrator {
	#settings: LiveSettings;
	#plan: ScanPlan | undefined;
	#hostsDone = 0;

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
		return SCAN_TASK[this.#plan?.scanType ?? 'syn'];
	}

	/** `at` is the time of day, in milliseconds since the epoch. */
	tell(event: ScanEvent, at: number): Narration {
		const {verbosity, debugging} = this.#settings;
		switch (event.type) {
			case 'started': {
				this.#plan = event.plan;
				return verbosity > 0 ? onScreen(this.#beginning(event.plan, at)) : NOTHING;
			}

			case 'host-started': {
				const isOnly = this.#plan?.hostsTotal === 1;
				return verbosity > 0 && isOnly
					? onScreen(formatScanning(1, this.#portCount, formatAddress(event.address)))
					: NOTHING;
			}

			case 'port': {
				if (this.#plan?.sweep?.results === 'stream') {
					return NOTHING; // The report itself has it.
				}

				const isTold = event.result.state === 'open' ? verbosity > 0 : debugging > 1;
				return isTold ? onScreen(formatDiscovered(event.address, event.result)) : NOTHING;
			}

			case 'host': {
				this.#hostsDone++;
				return verbosity > 0 ? onScreen(this.#hostCompleted(event.report)) : NOTHING;
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
				return verbosity > 0 ? onScreen(this.#completed(event.summary.elapsed, at)) : NOTHING;
			}

			default: {
				return NOTHING;
			}
		}
	}

	get #portCount(): number {
		return this.#plan?.ports.length ?? 0;
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

	/** A single host is named as soon as it is known; see `host-started`. */
	#beginning({hostsTotal, ports}: ScanPlan, at: number): string {
		if (hostsTotal === 0) {
			return '';
		}

		return `${formatInitiating(this.task, at)}${hostsTotal > 1 ? formatScanning(hostsTotal, ports.length) : ''}`;
	}

	#hostCompleted({address, probesSent = 0, startedAt, endedAt}: HostReport): string {
		const left = (this.#plan?.hostsTotal ?? 0) - this.#hostsDone;
		const took = micros((endedAt - startedAt) * (SECOND / 1000));
		return left > 0 && probesSent >= LEAST_PROBES_TO_TELL
			? formatHostCompleted(this.task, address, took, left)
			: '';
	}

	#completed(elapsed: Micros, at: number): string {
		const hosts = this.#plan?.hostsTotal ?? 0;
		return hosts === 0 ? '' : formatCompleted(this.task, at, elapsed, this.#portCount * hosts);
	}
}
