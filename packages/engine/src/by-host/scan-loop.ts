import {type Micros, micros, type Progress, type ScanEvent, type ScanSummary, SECOND} from '@halfopen/model';
import {expireProbes} from './expire-probes.ts';
import {sendProbes} from './send-probes.ts';
import {ScanState, type ScanLoopOptions} from './scan-state.ts';
import {startHosts} from './start-hosts.ts';
import {summarize} from './summarize.ts';
import {takeReplies} from './take-replies.ts';
import {takeSendTimes} from './take-send-times.ts';
import {watchOwnLosses} from '../watch-own-losses.ts';

/** Longest sleep, so that nothing that goes unannounced is missed for long. */
const LONGEST_WAIT = SECOND / 4;

/** How soon to look again while probes are on their way to the kernel. */
const SENDER_BUSY_WAIT = 2000; // µs

/** The transport may send this much faster than the rate, so that it never holds back what the engine let go. */
const SMOOTHING = 1.5;

/** Changes of the rate smaller than this share are not passed on. */
const RATE_STEP = 0.05;

/**
 * The scan loop: one call of `step` looks at what came, lets what is overdue time out, and writes what may leave.
 * It neither waits nor reads a clock of its own, so a simulated network runs it as fast as it can be computed.
 */
export class ScanLoop {
	readonly #scan: ScanState;
	#transportRate = 0;

	constructor(options: ScanLoopOptions) {
		this.#scan = new ScanState(options);
	}

	/** Every host is reported. */
	get isFinished(): boolean {
		return this.#scan.hosts.isEmpty;
	}

	/** Does all that is due at `now`. Returns when to be called again, if nothing rings the bell before. */
	step(now: Micros): Micros {
		const scan = this.#scan;
		takeSendTimes(scan);
		const drained = takeReplies(scan, now);
		if (drained) {
			// A probe is overdue only after every reply that came in time was looked at.
			expireProbes(scan, now);
		}

		scan.hosts.forget(now);
		watchOwnLosses(scan, now);
		startHosts(scan, now);
		this.#followRate();
		const sendAt = sendProbes(scan, now);
		scan.transport.flush();
		return drained ? this.#nextDeadline(sendAt, now) : now;
	}

	/** What happened since the last call. */
	takeEvents(): ScanEvent[] {
		return this.#scan.takeEvents();
	}

	progress(now: Micros): Progress {
		const {hosts, options, portsDone, probesSent, startedAt} = this.#scan;
		const elapsed = micros(now - startedAt);
		return {
			elapsed,
			hostsDone: hosts.done,
			hostsUp: hosts.up,
			hostsActive: hosts.active,
			hostsTotal: hosts.total,
			portsDone,
			portsTotal: hosts.total * options.ports.length,
			probesSent,
			rate: elapsed > 0 ? (probesSent * SECOND) / elapsed : 0,
		};
	}

	/** From now on probes leave at this rate, in packets per second. */
	setRate(packetsPerSecond: number, now: Micros): void {
		this.#scan.group.setRate(packetsPerSecond, now);
	}

	summary(now: Micros): ScanSummary {
		return summarize(this.#scan, now);
	}

	#nextDeadline(sendAt: Micros, now: Micros): Micros {
		const {transport, wakes} = this.#scan;
		const longest = transport.probes.pending > 0 ? SENDER_BUSY_WAIT : LONGEST_WAIT;
		return micros(Math.min(wakes.nextAt, sendAt, now + longest));
	}

	/** The transport smooths what is written ahead; the policy stays here, and a limit of the user's is kept there. */
	#followRate(): void {
		const {group, transport} = this.#scan;
		const wanted = Math.min(group.rate * SMOOTHING, group.maxRate);
		const isStep = Math.abs(wanted - this.#transportRate) > this.#transportRate * RATE_STEP;
		if (isStep || (wanted === group.maxRate && wanted !== this.#transportRate)) {
			this.#transportRate = wanted;
			transport.setRate(wanted);
		}
	}
}
