import {type Micros, micros} from '@halfopen/model';
import {CongestionWindow} from './congestion-window.ts';
import type {GroupTiming} from './group-timing.ts';
import {type RttEstimate, timeoutOf, updateRtt} from './rtt.ts';
import {SendDelay} from './send-delay.ts';

/** An answer, as the timing sees it. */
export interface Answer {
	/** Which try was answered, 0 for the first. */
	readonly attempt: number;
	/** When that try was sent; `undefined` when it is not known any more. */
	readonly sentAt: Micros | undefined;
	readonly receivedAt: Micros;
	/** It tells of the path to the host: a TCP answer. ICMP errors may come late because their sender limits them. */
	readonly isTimely: boolean;
}

/**
 * The timing of one host: how long to wait, how many probes in flight, how far apart, how many tries. Nmap's
 * documented rules throughout; every time is an argument.
 */
export class HostTiming {
	readonly #group: GroupTiming;
	readonly #window: CongestionWindow;
	readonly #delay: SendDelay;
	#rtt: RttEstimate | undefined;
	#inFlight = 0;
	#bestAttempt = 0;
	#nextSendAt = -Infinity;

	constructor(group: GroupTiming) {
		this.#group = group;
		this.#window = new CongestionWindow(group.parameters, 'restart');
		this.#delay = new SendDelay(group.parameters);
	}

	get rtt(): RttEstimate | undefined {
		return this.#rtt;
	}

	/** Probes on their way to this host. */
	get inFlight(): number {
		return this.#inFlight;
	}

	get window(): CongestionWindow {
		return this.#window;
	}

	/** How long a probe sent now, or on its way already, is waited for. */
	get timeout(): Micros {
		const {parameters, rtt: prior} = this.#group;
		const estimate = this.#rtt ?? prior;
		const timeout = estimate === undefined ? parameters.initialRttTimeout : timeoutOf(estimate, parameters);
		return micros(Math.max(timeout, parameters.scanDelay));
	}

	/** The gap kept between two probes. */
	get sendDelay(): Micros {
		return this.#delay.current;
	}

	/** No probe may leave before this. */
	get nextSendAt(): Micros {
		return micros(this.#nextSendAt);
	}

	/**
	 * The latest try that a silent port gets now, 0 for the first: one more than the latest that was ever answered,
	 * so a host that loses nothing is asked twice, and each loss seen allows a further try.
	 */
	get lastAttempt(): number {
		return Math.min(Math.max(1, this.#bestAttempt + 1), this.#group.parameters.maxRetries);
	}

	/** Whether one more probe may leave, as far as this host is concerned. */
	admits(now: Micros): boolean {
		return (
			this.#group.floor.isBehind(now) || (now >= this.#nextSendAt && this.#window.admits(this.#inFlight))
		);
	}

	onSend(now: Micros): void {
		this.#inFlight++;
		this.#nextSendAt = now + this.#delay.current;
		this.#group.onSend(now);
	}

	/** A probe on its way was not answered in time, or the kernel refused it. */
	onTimeout(): void {
		this.onLeave();
		this.#window.onTimeout();
		this.#group.window.onTimeout();
	}

	/** A probe is on its way no more. */
	onLeave(): void {
		this.#inFlight--;
		this.#group.onLeave();
	}

	/** Learns from an answer, whether or not its probe was still waited for. */
	onAnswer({attempt, sentAt, receivedAt, isTimely}: Answer, now: Micros): void {
		if (sentAt !== undefined) {
			this.onRtt(micros(receivedAt - sentAt));
		}

		if (attempt === 0) {
			this.#onFirstTryAnswered();
		} else if (isTimely) {
			this.#onLaterTryAnswered(attempt, sentAt ?? receivedAt, now);
		}
	}

	/** Learns a round trip. The two clocks behind it may disagree by a little: below 0 counts as 0. */
	onRtt(sample: Micros): void {
		const rtt = micros(Math.max(0, sample));
		this.#rtt = updateRtt(this.#rtt, rtt);
		this.#group.onRtt(rtt);
	}

	#onFirstTryAnswered(): void {
		this.#delay.onAnswer();
		this.#window.onAnswer();
		this.#group.window.onAnswer();
	}

	/** The try before this one was lost: on the way, or because the host limits its answers. */
	#onLaterTryAnswered(attempt: number, sentAt: Micros, now: Micros): void {
		const grew = attempt > this.#bestAttempt;
		this.#bestAttempt = Math.max(this.#bestAttempt, attempt);
		this.#delay.onDrop(sentAt, now, grew ? attempt : undefined);
		this.#window.onAnswer();
		this.#group.window.onAnswer();
		this.#window.onDrop(sentAt, now, this.#inFlight);
		this.#group.window.onDrop(sentAt, now, this.#group.inFlight);
	}
}
