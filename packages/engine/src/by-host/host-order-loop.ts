import {type Micros, micros, type Progress, type ScanEvent, type ScanSummary, SECOND} from '@halfopen/model';
import {LONGEST_WAIT, type ScanLoop, SENDER_BUSY_WAIT} from '../scan-loop.ts';
import type {Told} from '../told.ts';
import {tellWarnings} from '../tell-warnings.ts';
import {TransportRate} from '../transport-rate.ts';
import {beginTargets, unparkTargets} from '../discovery/begin-targets.ts';
import {expireTargets} from '../discovery/expire-targets.ts';
import {sendDiscovery} from '../discovery/send-discovery.ts';
import {expireProbes} from './expire-probes.ts';
import {finish} from './finish-host.ts';
import {sendProbes} from './send-probes.ts';
import {ScanState, type ScanLoopOptions} from './scan-state.ts';
import {reportAllSilent, settleSilent} from '../discovery/settle-silent.ts';
import {startHosts} from './start-hosts.ts';
import {summarize} from './summarize.ts';
import {takeReplies} from './take-replies.ts';
import {countTaken, takeSendTimes} from './take-send-times.ts';

/** Scans hosts side by side, each with its own timing, and finishes them one by one. */
export class HostOrderLoop implements ScanLoop {
	readonly #scan: ScanState;
	readonly #transportRate: TransportRate;
	#isTurnOfPorts = false;

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
			scan.group.onCaughtUp();
			// A probe is overdue only after every reply that came in time was looked at.
			expireProbes(scan, now);
			expireTargets(scan, now);
		}

		scan.hosts.forget(now);
		scan.ownLosses.watch(now);
		unparkTargets(scan, now);
		beginTargets(scan, now);
		startHosts(scan, now);
		settleSilent(scan, now);
		this.#transportRate.follow(scan.group);
		const sendAt = this.#send(now);
		scan.transport.flush();
		tellWarnings(scan.transport, scan.events);
		scan.speed.note(now, scan.probesSent, this.#work.done);
		const isCaughtUp = drained && !scan.hosts.mayAdmit && scan.discovery.proven.isEmpty;
		return isCaughtUp ? this.#nextDeadline(sendAt, now) : now;
	}

	/** Hosts that are looked for and ports that are scanned share the rate: each is first by turns. */
	#send(now: Micros): number {
		const scan = this.#scan;
		this.#isTurnOfPorts = !this.#isTurnOfPorts;
		if (this.#isTurnOfPorts) {
			const sendAt = sendProbes(scan, now);
			return Math.min(sendAt, sendDiscovery(scan, now));
		}

		const sendAt = sendDiscovery(scan, now);
		return Math.min(sendAt, sendProbes(scan, now));
	}

	/** What is done, and all there is: ports, or hosts where no ports are scanned. */
	get #work(): {done: number; total: number} {
		const {hosts, options, portsDone, discovery} = this.#scan;
		return options.ports.length === 0
			? {done: hosts.done + discovery.silent.targets, total: hosts.total}
			: {done: portsDone, total: hosts.total * options.ports.length};
	}

	onStandstill(from: Micros, until: Micros): void {
		this.#scan.group.onStandstill(from, until);
	}

	takeEvents(): ScanEvent[] {
		return this.#scan.events.take();
	}

	onLeftLast(tag: number, errno: number): void {
		countTaken(this.#scan, tag, errno);
	}

	/**
	 * When it was ended early, hosts that were begun are reported with what they told, and those that answered that they
	 * are up as such. Nothing is said of the others.
	 */
	*lastEvents(now: Micros): Generator<readonly ScanEvent[], void, undefined> {
		const scan = this.#scan;
		for (const host of scan.hosts.unfinished()) {
			finish(scan, host, now);
		}

		for (const host of scan.hosts.takeWaiting()) {
			if (host.wasAsked) {
				scan.hosts.countUp();
				scan.events.add({type: 'host', report: scan.report.found(host, now, now, scan.options.ports)});
				yield this.takeEvents();
			}
		}

		for (const _ of reportAllSilent(scan, now)) {
			yield this.takeEvents();
		}

		for (const path of scan.discovery.canaries.takePaths()) {
			scan.transport.releasePath(path);
		}

		const events = this.takeEvents();
		if (events.length > 0) {
			yield events;
		}
	}

	progress(now: Micros): Progress {
		const {group, hosts, options, portsDone, probesSent, speed, startedAt, discovery} = this.#scan;
		const elapsed = micros(now - startedAt);
		const {done, total} = this.#work;
		const timeLeft = speed.timeFor(total - done, now, done);
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
			rateNow: speed.rateNow(now, probesSent),
			portsAnswered: this.#scan.portsHeard,
			...(group.loss.measured !== undefined && {loss: group.loss.measured}),
			...(timeLeft !== undefined && {timeLeft}),
			...(discovery.hostsAsked > 0 && {
				hostsAsked: discovery.hostsAsked,
				hostsFound: discovery.hostsFound,
			}),
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

	#nextDeadline(sendAt: number, now: Micros): Micros {
		const {transport, wakes, discovery} = this.#scan;
		const longest = transport.probes.pending > 0 ? SENDER_BUSY_WAIT : LONGEST_WAIT;
		return micros(Math.min(wakes.nextAt, discovery.nextTimeout, sendAt, now + longest));
	}
}
