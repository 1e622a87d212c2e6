import type {Micros} from '@halfopen/model';
import type {DiscoveryAnswer, DiscoveryWay} from './discovery-answer.ts';
import type {Expectation} from './expectation.ts';
import {LossEstimate, lossAfter} from './loss-estimate.ts';
import {type LossSpan, PRIOR_TRIES} from './loss-span.ts';
import {RateEvidence} from './rate-evidence.ts';
import type {Outcome} from './rate-trial.ts';
import type {AnswerCounts, Round} from './round.ts';
import {TryHistory} from './try-history.ts';

/** Loss of a try that is taken for granted before anything was measured: on a link, and of several probes at once. */
const USUAL_LOSS = 0.01;
const USUAL_LOSS_OF_SEVERAL = 0.001;

/** By so many tries it is known how much is lost: until then no host is called down that more may be learnt of. */
const ENOUGH_TRIES = 48;

/**
 * What is lost while hosts are looked for: tries, by which it is told how many a silent host gets, and single probes, by
 * which the rate is judged and what ports will lose is foretold.
 */
export class DiscoveryLoss {
	/** A try is lost when every probe of it or its answer is. */
	readonly #tries: Readonly<Record<DiscoveryWay, LossEstimate>>;
	readonly #firstTries: WeakMap<LossSpan, TryHistory> = new WeakMap();
	/** Of single probes to hosts that were found on a path. */
	readonly #packets: LossEstimate;
	/** Where a try along a path is one probe: the span of `#packets` that belongs to one of `#tries.path`. */
	readonly #spansOfPackets: WeakMap<LossSpan, LossSpan> | undefined;
	/** Whether tries along a path were sent too fast, by their spans: several have the same where each has too little. */
	readonly #evidence: WeakMap<LossSpan, RateEvidence> = new WeakMap();
	/** That of the rounds that are judged next, and all that began since. */
	readonly #pending: RateEvidence[];
	readonly #expectation: (counts: AnswerCounts) => Expectation;
	/** Canaries that were answered and do not count yet. */
	readonly #heardCanaries: {readonly sentAt: Micros; readonly span: LossSpan | undefined}[] = [];
	#answered = 0;
	/** Tries lost to hosts that answered another one. */
	#lost = 0;

	/**
	 * `probes` is the number of those of a try along a path, `ofPorts` what became of probes of ports so far, and `expectation`
	 * how many answers there should be.
	 */
	constructor(probes: number, ofPorts: () => Outcome, expectation: (counts: AnswerCounts) => Expectation) {
		const usual = (): number => (probes === 1 ? this.#lossOfPackets : USUAL_LOSS_OF_SEVERAL);
		this.#packets = new LossEstimate(() => lossAfter(ofPorts()));
		this.#tries = {
			path: new LossEstimate(usual),
			link: new LossEstimate(() => USUAL_LOSS),
		};
		this.#spansOfPackets = probes === 1 ? new WeakMap() : undefined;
		this.#expectation = expectation;
		this.#pending = [new RateEvidence(-Infinity, expectation)];
		this.#beginSpan(() => Math.max(usual(), this.#tries.path.value), PRIOR_TRIES);
	}

	/** Hosts that answered. */
	get answered(): number {
		return this.#answered;
	}

	/** Share of tries that were lost; `undefined` when nothing answered. */
	get measured(): number | undefined {
		return this.#answered === 0 ? undefined : this.#lost / (this.#answered + this.#lost);
	}

	/** Single probes of late, and those that were not lost. */
	get packets(): Outcome {
		return this.#packets.current.outcome;
	}

	/** What single probes lose at any rate; see `LossEstimate.standard`. */
	get standard(): LossEstimate['standard'] {
		return this.#packets.standard;
	}

	/** The rate is another one. */
	restart(now: Micros): void {
		this.#packets.restart();
		this.#tries.link.restart();
		if (this.#pending.at(-1)!.isEnough) {
			this.#beginEvidence(now);
		}

		this.#beginSpan(() => this.#tries.path.value);
	}

	/** All answers to a round are in, or overdue. Rounds come in the order in which they began. */
	onRound(round: Round): void {
		while (this.#pending.length > 1 && round.startedAt >= this.#pending[1].startedAt) {
			this.#pending.shift();
		}

		this.#pending[0].add(round);
	}

	/** Other first probes are compared from now on. */
	onNewSample(): void {
		for (const evidence of this.#pending) {
			evidence.forgetFresh();
		}
	}

	/** Nothing more will be known of the tries so far. */
	conclude(now: Micros): void {
		this.#pending.at(-1)!.conclude();
		this.#beginEvidence(now);
		this.restart(now);
	}

	/** Whether it can be told how much is lost, and of all these tries if they were sent too fast. */
	isKnown(history: TryHistory): boolean {
		return this.#tries.path.outcome.probes >= ENOUGH_TRIES && this.#isRateKnown(history);
	}

	/** The tries of a host with the one that begins now. */
	beginTry(way: DiscoveryWay, before: TryHistory | undefined): TryHistory {
		const span = this.#tries[way].current;
		return before?.withTry(span) ?? this.#firstTry(span);
	}

	/** The one try of a canary that leaves now. */
	beginCanary(): TryHistory {
		return this.#firstTry(this.#packets.current);
	}

	/** A host answered: the tries before the one that was answered were lost. */
	onAnswer(answer: DiscoveryAnswer): void {
		const {way, history} = answer;
		this.#answered++;
		this.#tries[way].add(history?.span, false);
		for (let lost = history?.previous; lost !== undefined; lost = lost.previous) {
			this.#lost++;
			this.#onLost(way, lost.span);
		}

		this.#learnOfPackets(answer);
	}

	/** This try, which counted as lost, was not. */
	onNotLost(way: DiscoveryWay, span: LossSpan): void {
		this.#lost--;
		this.#tries[way].takeBack(span);
	}

	/** A canary that was sent then was answered. */
	onCanaryAnswer(sentAt: Micros, history: TryHistory | undefined): void {
		this.#heardCanaries.push({sentAt, span: history?.span});
	}

	/**
	 * Counts canaries that were sent by then and answered, when those that were not are given up. Did answers count as they
	 * come, and losses later, the rate would be judged by a loss that is too low.
	 */
	countCanaries(sentUntil: number): void {
		const heard = this.#heardCanaries;
		while (heard.length > 0 && heard[0].sentAt <= sentUntil) {
			this.#packets.add(heard.shift()!.span, false);
		}
	}

	/** A canary stayed unanswered. */
	onCanaryLost(history: TryHistory | undefined): void {
		this.#packets.add(history?.span, true);
	}

	/**
	 * The first try does not count: a router may have dropped it because it had to look for the host. Nor does a link: it
	 * repeats what is lost on the way to one host, and not what goes to all.
	 */
	#learnOfPackets({way, history, isTelling}: DiscoveryAnswer): void {
		if (this.#spansOfPackets === undefined || way === 'link' || !isTelling) {
			return;
		}

		for (let tried = history; tried?.previous !== undefined; tried = tried.previous) {
			this.#packets.add(this.#spansOfPackets.get(tried.span), tried !== history);
		}
	}

	#isRateKnown(history: TryHistory | undefined): boolean {
		return (
			history === undefined ||
			(this.#evidence.get(history.span)?.isEnough !== false && this.#isRateKnown(history.previous))
		);
	}

	/** What single probes lose at the best rate, as far as there were several. */
	get #lossOfPackets(): number {
		return this.#packets.standard?.loss ?? this.#packets.value;
	}

	#firstTry(span: LossSpan): TryHistory {
		const history = this.#firstTries.get(span) ?? new TryHistory(span);
		this.#firstTries.set(span, history);
		return history;
	}

	/** What was lost because of the rate is not to be expected at others. */
	#onLost(way: DiscoveryWay, span: LossSpan): void {
		if ((this.#evidence.get(span)?.lost ?? 0) > 0) {
			span.add(true);
		} else {
			this.#tries[way].add(span, true);
		}
	}

	#beginEvidence(now: Micros): void {
		this.#pending.push(new RateEvidence(now, this.#expectation));
	}

	/** A span of tries along a path begins: the rate may cost more than the loss that is usual. */
	#beginSpan(usual: () => number, priorTries?: number): void {
		const tries = this.#tries.path;
		const evidence = this.#pending.at(-1)!;
		tries.restart(() => Math.max(usual(), evidence.lost), priorTries);
		this.#evidence.set(tries.current, evidence);
		this.#spansOfPackets?.set(tries.current, this.#packets.current);
	}
}
