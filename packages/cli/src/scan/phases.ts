import {
	formatAddress,
	type HostReport,
	type Micros,
	micros,
	type ScanPlan,
	type ScanSummary,
	SECOND,
	type Address,
} from '@halfopen/model';
import {
	formatCompleted,
	formatFinding,
	formatFound,
	formatHostCompleted,
	formatInitiating,
	formatScanning,
	pingTask,
	SCAN_TASK,
} from '@halfopen/output';

/** Hosts of which fewer probes were sent are not worth a line of their own when they are done. */
const LEAST_PROBES_TO_TELL = 51;

/**
 * The phases of a scan, and what is said of their beginnings and ends. Hosts are found, and the ports of those that were
 * found are scanned while others are still being looked for: the second phase begins before the first ends.
 */
export class Phases {
	readonly #plan: ScanPlan;
	/** Milliseconds since the epoch; absent for a phase that is not there, or not yet. */
	#findingSince: number | undefined;
	#scanningSince: number | undefined;
	/** Hosts of which it is known whether they are up, and those that are. */
	#decided = 0;
	#up = 0;
	#done = 0;

	constructor(plan: ScanPlan) {
		this.#plan = plan;
	}

	/** Name of what is being done. */
	get task(): string {
		return this.#scanningSince === undefined && this.#finds ? pingTask(this.#plan) : this.#scanTask;
	}

	/** All times of the day are milliseconds since the epoch. */
	begin(at: number): string {
		const {hostsTotal, ports, discovery} = this.#plan;
		if (hostsTotal === 0 || (discovery.only && !this.#finds)) {
			return '';
		}

		if (this.#finds) {
			this.#findingSince = at;
			return formatInitiating(pingTask(this.#plan), at) + formatFinding(this.#plan);
		}

		// A single host is named as soon as it is known
		return this.#beginScanning(at) + (hostsTotal > 1 ? formatScanning(hostsTotal, ports.length) : '');
	}

	hostStarted(address: Address, at: number): string {
		const text = this.#decide(true, at) + (this.#scanningSince === undefined ? this.#beginScanning(at) : '');
		return this.#plan.hostsTotal === 1
			? text + formatScanning(1, this.#plan.ports.length, formatAddress(address))
			: text;
	}

	hostDone({address, status, probesSent = 0, startedAt, endedAt}: HostReport, at: number): string {
		this.#done++;
		if (this.#plan.discovery.only || status === 'down') {
			return this.#decide(status === 'up', at);
		}

		const left = this.#plan.hostsTotal - this.#done;
		const took = micros((endedAt - startedAt) * (SECOND / 1000));
		return left > 0 && probesSent >= LEAST_PROBES_TO_TELL
			? formatHostCompleted(this.#scanTask, address, took, left)
			: '';
	}

	end({elapsed, portsScanned}: ScanSummary, at: number): string {
		if (this.#scanningSince === undefined) {
			return '';
		}

		const {hostsTotal, ports} = this.#plan;
		return this.#findingSince === undefined
			? formatCompleted(this.#scanTask, at, elapsed, ports.length * hostsTotal)
			: formatCompleted(this.#scanTask, at, since(this.#scanningSince, at), portsScanned);
	}

	/** Whether it is asked which hosts are up. */
	get #finds(): boolean {
		const {probes, neighbours, only} = this.#plan.discovery;
		return probes.length > 0 || (only && neighbours);
	}

	get #scanTask(): string {
		return SCAN_TASK[this.#plan.scanType];
	}

	#beginScanning(at: number): string {
		this.#scanningSince = at;
		return formatInitiating(this.#scanTask, at);
	}

	/** Tells when all hosts are found or known to be down. */
	#decide(isUp: boolean, at: number): string {
		const {hostsTotal} = this.#plan;
		this.#decided++;
		this.#up += isUp ? 1 : 0;
		return this.#findingSince !== undefined && this.#decided === hostsTotal
			? formatFound(pingTask(this.#plan), at, since(this.#findingSince, at), hostsTotal, this.#up)
			: '';
	}
}

const since = (began: number, at: number): Micros => micros((at - began) * (SECOND / 1000));
