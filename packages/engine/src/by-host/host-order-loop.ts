import {type Micros, micros, type Progress, type ScanEvent, type ScanSummary, SECOND} from '@halfopen/model';
import {LONGEST_WAIT, type ScanLoop, SENDER_BUSY_WAIT} from '../scan-loop.ts';
import type {Told} from '../told.ts';
import {TransportRate} from '../transport-rate.ts';
import {expireProbes} from './expire-probes.ts';
import {cutShort} from './finish-host.ts';
import {sendProbes} from './send-probes.ts';
import {ScanState, type ScanLoopOptions} from './scan-state.ts';
import {startHosts} from './start-hosts.ts';
import {summarize} from './summarize.ts';
import {takeReplies} from './take-replies.ts';
import {takeSendTimes} from './take-send-times.ts';

/** Scans hosts side by side, each with its own timing, and finishes them one by one. */
export class HostOrderLoop implements ScanLoop {
	readonly #scan: ScanState;
	readonly #transportRate: TransportRate;

	constructor(options: ScanLoopOptions) {
		this.#scan = new ScanState(options);
		this.#transportRate = new TransportRate(options.transport);
	}

	/** Every host is reported. */
	get isFinished(): boolean {
		return this.#scan.hosts.isEmpty;
	}

	step(now: Micros): Micros {
		const scan = this.#scan;
		takeSendTimes(scan, now);
		const drained = takeReplies(scan, now);
		if (drained) {
			// A probe is overdue only after every reply that came in time was looked at.
			expireProbes(scan, now);
		}

		scan.hosts.forget(now);
		scan.ownLosses.watch(now);
		startHosts(scan, now);
		this.#transportRate.follow(scan.group);
		const sendAt = sendProbes(scan, now);
		scan.transport.flush();
		scan.speed.note(now, scan.probesSent, scan.portsDone);
		return drained ? this.#nextDeadline(sendAt, now) : now;
	}

	takeEvents(): ScanEvent[] {
		return this.#scan.takeEvents();
	}

	/** When it was ended early, hosts that were begun are reported with what they told. */
	*lastEvents(now: Micros): Generator<readonly ScanEvent[], void, undefined> {
		for (const host of this.#scan.hosts.unfinished()) {
			cutShort(this.#scan, host, now);
		}

		const events = this.takeEvents();
		if (events.length > 0) {
			yield events;
		}
	}

	progress(now: Micros): Progress {
		const {group, hosts, options, portsDone, probesSent, speed, startedAt} = this.#scan;
		const elapsed = micros(now - startedAt);
		const portsTotal = hosts.total * options.ports.length;
		const timeLeft = speed.timeFor(portsTotal - portsDone, now, portsDone);
		return {
			elapsed,
			hostsDone: hosts.done,
			hostsUp: hosts.up,
			hostsActive: hosts.active,
			hostsTotal: hosts.total,
			portsDone,
			portsTotal,
			probesSent,
			rate: elapsed > 0 ? (probesSent * SECOND) / elapsed : 0,
			rateNow: speed.rateNow(now, probesSent),
			portsAnswered: this.#scan.portsHeard,
			...(group.loss.measured !== undefined && {loss: group.loss.measured}),
			...(timeLeft !== undefined && {timeLeft}),
		};
	}

	setRate(packetsPerSecond: number, now: Micros): void {
		this.#scan.group.setRate(packetsPerSecond, now);
	}

	tell(what: Partial<Told>): void {
		this.#scan.decisions.tell(what);
	}

	summary(now: Micros): ScanSummary {
		return summarize(this.#scan, now);
	}

	#nextDeadline(sendAt: Micros, now: Micros): Micros {
		const {transport, wakes} = this.#scan;
		const longest = transport.probes.pending > 0 ? SENDER_BUSY_WAIT : LONGEST_WAIT;
		return micros(Math.min(wakes.nextAt, sendAt, now + longest));
	}
}
