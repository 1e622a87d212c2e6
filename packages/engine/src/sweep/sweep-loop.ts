import {type Micros, micros, type Progress, type ScanEvent, type ScanSummary, SECOND} from '@halfopen/model';
import {LONGEST_WAIT, type ScanLoop, SENDER_BUSY_WAIT} from '../scan-loop.ts';
import type {Told} from '../told.ts';
import {tellWarnings} from '../tell-warnings.ts';
import {TransportRate} from '../transport-rate.ts';
import {expirePositions} from './expire-positions.ts';
import {HostReports} from './host-reports.ts';
import {MOST_WINDOW_BYTES} from './plan-sweep.ts';
import {sendPositions} from './send-positions.ts';
import {hostCounts, summarizeSweep} from './summarize-sweep.ts';
import type {SweepOptions} from './sweep-options.ts';
import {SweepState} from './sweep-state.ts';
import {takeAnswers} from './take-answers.ts';
import {takeDepartures} from './take-departures.ts';

/** Asks all pairs of address and port in one order, and keeps nothing for a host. */
export class SweepLoop implements ScanLoop {
	readonly #sweep: SweepState;
	readonly #transportRate: TransportRate;
	#reports: HostReports | undefined;
	/** When nothing was waited for any more: reports take their time after that. */
	#endedAt: Micros | undefined;
	/** Positions that had room when that was told last. */
	#room = 0;

	constructor(options: SweepOptions) {
		this.#sweep = new SweepState(options);
		this.#transportRate = new TransportRate(options.transport);
	}

	get isFinished(): boolean {
		return this.#sweep.isDone;
	}

	step(now: Micros): Micros {
		const sweep = this.#sweep;
		takeDepartures(sweep, now);
		// A probe is overdue only after every reply that came in time was looked at.
		const hasSeenAll = takeAnswers(sweep, now);
		if (hasSeenAll) {
			sweep.group.onCaughtUp();
		}

		const isDrained = hasSeenAll && expirePositions(sweep, now);
		sweep.timing.update(now);
		for (const position of sweep.paths.takeParked()) {
			sweep.ready.push(position);
		}

		let isCaughtUp = this.#leaveBehind(now);
		sweep.ownLosses.watch(now);
		this.#transportRate.follow(sweep.group);
		// When answers come faster than they can be looked at, more probes would only lose them.
		const sendAt = isDrained ? sendPositions(sweep, now) : now;
		sweep.transport.flush();
		if (sweep.inFlight.length === 0) {
			isCaughtUp = this.#leaveBehind(now); // What could not be asked is finished as well
		}

		tellWarnings(sweep.transport, sweep.events);
		sweep.speed.note(now, sweep.probesSent, sweep.settled);
		this.#tellOfGrowth(now);
		return isDrained && isCaughtUp ? this.#nextDeadline(sendAt, now) : now;
	}

	onStandstill(from: Micros, until: Micros): void {
		this.#sweep.group.onStandstill(from, until);
	}

	takeEvents(): ScanEvent[] {
		return this.#sweep.events.take();
	}

	onLeftLast(_tag: number, errno: number): void {
		this.#sweep.countTaken(errno);
	}

	*lastEvents(now: Micros): Generator<readonly ScanEvent[], void, undefined> {
		const sweep = this.#sweep;
		this.#endedAt = now;
		if (sweep.table !== undefined) {
			this.#reports = new HostReports(sweep, sweep.table, now);
			yield* this.#reports.batches();
			this.#warnOfForgotten(sweep.table.detailsForgotten);
		}

		sweep.paths.close();
		const events = this.takeEvents();
		if (events.length > 0) {
			yield events;
		}
	}

	progress(now: Micros): Progress {
		const {group, order, space, probesSent, settled, speed, startedAt, answered, isDone} = this.#sweep;
		const elapsed = micros(now - startedAt);
		const timeLeft = speed.timeFor(order.size - settled, now, settled);
		const reports = this.#reports;
		const isOver = isDone || reports !== undefined;
		const {hostsUp, hostsDown} = isOver ? hostCounts(this.#sweep, reports) : {hostsUp: 0, hostsDown: 0};
		const hostsDone = hostsUp + hostsDown;
		return {
			elapsed,
			hostsDone,
			hostsUp,
			hostsActive: isDone ? 0 : space.hosts - hostsDone,
			hostsTotal: space.hosts,
			portsDone: settled,
			portsTotal: order.size,
			probesSent,
			rate: elapsed > 0 ? (probesSent * SECOND) / elapsed : 0,
			rateNow: speed.rateNow(now, probesSent),
			portsAnswered: answered,
			...(group.loss.measured !== undefined && {loss: group.loss.measured}),
			...(timeLeft !== undefined && {timeLeft}),
		};
	}

	setRate(packetsPerSecond: number, now: Micros): void {
		this.#sweep.group.setRate(packetsPerSecond, now);
	}

	tell(what: Partial<Told>): void {
		this.#sweep.decisions.tell(what);
	}

	summary(now: Micros): ScanSummary {
		return summarizeSweep(this.#sweep, this.#reports, this.#endedAt ?? now);
	}

	/**
	 * Leaves behind what is finished; at the end of the positions, begins with those that had too few tries. False when
	 * there is more to leave behind.
	 */
	#leaveBehind(now: Micros): boolean {
		const {window, tries, again} = this.#sweep;
		const ahead = again === undefined ? 0 : again.most - again.least;
		const isCaughtUp = window.advance((position, most) => {
			tries.note(position, most - ahead, most);
		});
		if (window.isEmpty && window.next >= this.#sweep.end) {
			this.#goOn(now);
		}

		return isCaughtUp;
	}

	#goOn(now: Micros): void {
		const sweep = this.#sweep;
		const run =
			sweep.table === undefined ? undefined : sweep.tries.takeShort(sweep.triesNeeded, sweep.firstCanary);
		if (run === undefined) {
			sweep.isDone = now >= sweep.lingersUntil;
			return;
		}

		sweep.again = run;
		sweep.inFlight.clear();
		sweep.ready.clear();
		sweep.window.moveTo(run.from);
		sweep.end = run.to;
	}

	#nextDeadline(sendAt: Micros, now: Micros): Micros {
		const sweep = this.#sweep;
		const longest = sweep.transport.probes.pending > 0 ? SENDER_BUSY_WAIT : LONGEST_WAIT;
		const endsAt = sweep.window.isEmpty && sweep.window.next >= sweep.end ? sweep.lingersUntil : Infinity;
		return micros(Math.min(sweep.nextTimeout(now), sendAt, Math.max(endsAt, now), now + longest));
	}

	#tellOfGrowth(now: Micros): void {
		const {window, decisions, timing, triesNeeded} = this.#sweep;
		if (decisions.isOn && window.capacity > this.#room) {
			this.#room = window.capacity;
			const {capacity: positions, bytes} = window;
			const {rate, timeout} = timing;
			const why = {rate, timeout, tries: triesNeeded};
			this.#sweep.events.add({
				type: 'window',
				at: now,
				positions,
				bytes,
				mostBytes: MOST_WINDOW_BYTES,
				...why,
			});
		}
	}

	#warnOfForgotten(count: number): void {
		if (count > 0) {
			const message = `${count} ports were rejected by ICMP errors that there was no room to keep: reported as no-response`;
			this.#sweep.events.add({type: 'warning', message});
		}
	}
}
