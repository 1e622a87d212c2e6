import type {Micros} from '@halfopen/model';
import type {DiscoveryAnswer, DiscoveryWay} from './discovery-answer.ts';
import {LossEstimate, lossAfter, type LossSpan} from './loss-estimate.ts';
import type {Outcome} from './rate-trial.ts';
import {TryHistory} from './try-history.ts';

/** Loss of a try that is taken for granted before anything was measured: of a single probe, and of several at once. */
const USUAL_LOSS = 0.01;
const USUAL_LOSS_OF_SEVERAL = 0.001;

/**
 * What is lost while hosts are looked for: tries, by which it is told how many a silent host gets, and single probes, by
 * which the rate is judged and what ports will lose is foretold.
 */
export class DiscoveryLoss {
	/** A try is lost when every probe of it or its answer is. */
	readonly #tries: Readonly<Record<DiscoveryWay, LossEstimate>>;
	readonly #firstTries: Map<LossSpan, TryHistory> = new Map();
	/** Of single probes to hosts that were found on a path. */
	readonly #packets: LossEstimate;
	/** Where a try along a path is one probe: the span of `#packets` that belongs to one of `#tries.path`. */
	readonly #spansOfPackets: Map<LossSpan, LossSpan> | undefined;
	/** Canaries that were answered and do not count yet. */
	readonly #heardCanaries: {readonly sentAt: Micros; readonly span: LossSpan | undefined}[] = [];
	#answered = 0;
	/** Tries lost to hosts that answered another one. */
	#lost = 0;

	/** `probes` is the number of those of a try along a path; `ofPorts` is what became of probes of ports so far. */
	constructor(probes: number, ofPorts: () => Outcome) {
		this.#packets = new LossEstimate(() => lossAfter(ofPorts()));
		this.#tries = {
			path: new LossEstimate(() => (probes > 1 ? USUAL_LOSS_OF_SEVERAL : USUAL_LOSS)),
			link: new LossEstimate(() => USUAL_LOSS),
		};
		this.#spansOfPackets = probes === 1 ? new Map() : undefined;
		this.#pairSpans();
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
	restart(): void {
		this.#packets.restart();
		this.#tries.path.restart();
		this.#tries.link.restart();
		this.#pairSpans();
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
			this.#tries[way].add(lost.span, true);
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

	#firstTry(span: LossSpan): TryHistory {
		const history = this.#firstTries.get(span) ?? new TryHistory(span);
		this.#firstTries.set(span, history);
		return history;
	}

	/** Both estimates begin their spans together. */
	#pairSpans(): void {
		this.#spansOfPackets?.set(this.#tries.path.current, this.#packets.current);
	}
}
