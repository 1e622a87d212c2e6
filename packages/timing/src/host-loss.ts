import type {Micros} from '@halfopen/model';
import type {LossAmongHosts} from './loss-among-hosts.ts';
import {LossEstimate} from './loss-estimate.ts';
import {type LossSpan, PRIOR_TRIES} from './loss-span.ts';
import {TryHistory} from './try-history.ts';

/** What all hosts of a scan lose. */
export interface GroupLoss {
	readonly loss: LossEstimate;
	readonly lossAmongHosts: LossAmongHosts;
}

/**
 * What one host of many loses: its own tries, to which what all of them lose is the prior, and each of which counts for all
 * as well. A span of the host is part of one of the group: all hosts begin a new one together.
 */
export class HostLoss {
	readonly estimate: LossEstimate;
	readonly #group: GroupLoss;
	/** The span of the group that ours is part of, and those of all our spans. */
	#groupSpan: LossSpan;
	readonly #groupSpans: Map<LossSpan, LossSpan> = new Map();
	/** The history of ports that had one try, in the present span. */
	#oneTry: TryHistory | undefined;
	/** Canaries lost since the last answer, by the span they were sent in. */
	readonly #canariesLost: (LossSpan | undefined)[] = [];

	constructor(group: GroupLoss) {
		this.#group = group;
		this.#groupSpan = group.loss.current;
		this.estimate = new LossEstimate(
			() => group.loss.value,
			() => group.loss.least,
			() => group.lossAmongHosts.weight(PRIOR_TRIES),
		);
		this.#groupSpans.set(this.estimate.current, this.#groupSpan);
	}

	/** The rate of the host is another one. */
	beginSpan(): void {
		const span = this.#groupSpan;
		this.estimate.restart(() => span.value);
		this.#groupSpans.set(this.estimate.current, span);
	}

	/** The tries of a port and one that leaves now. */
	withTry(before: TryHistory | undefined): TryHistory {
		const span = this.#currentSpan();
		return before?.withTry(span) ?? this.#firstTry(span);
	}

	/** The last of these tries, which left then, was answered, and so many before it were lost. */
	onAnswer(history: TryHistory | undefined, lost: number, sentAt: Micros): void {
		this.#countAnswered(history?.span, sentAt);
		if (this.#canariesLost.length > 0) {
			for (const span of this.#canariesLost.splice(0)) {
				this.#countLost(span);
			}
		}

		let tried = history;
		for (let count = 0; count < lost; count++) {
			tried = tried?.previous;
			this.#countLost(tried?.span);
		}
	}

	/** A canary stayed unanswered. That counts when something is answered again: until then the way may be closed. */
	onCanaryLost(history: TryHistory | undefined): void {
		this.#canariesLost.push(history?.span);
	}

	#countAnswered(span: LossSpan | undefined, sentAt: Micros): void {
		this.#group.lossAmongHosts.count(this.estimate.all, false);
		this.estimate.addYoung(span, sentAt);
		this.#group.loss.addYoung(span && this.#groupSpanOf(span), sentAt);
	}

	#countLost(span: LossSpan | undefined): void {
		this.#group.lossAmongHosts.count(this.estimate.all, true);
		this.estimate.add(span, true);
		this.#group.loss.add(span && this.#groupSpanOf(span), true);
	}

	#groupSpanOf(span: LossSpan): LossSpan | undefined {
		return span === this.estimate.current ? this.#groupSpan : this.#groupSpans.get(span);
	}

	/** What is sent now counts here. */
	#currentSpan(): LossSpan {
		if (this.#groupSpan !== this.#group.loss.current) {
			this.#groupSpan = this.#group.loss.current;
			this.beginSpan();
		}

		return this.estimate.current;
	}

	#firstTry(span: LossSpan): TryHistory {
		if (this.#oneTry?.span !== span) {
			this.#oneTry = new TryHistory(span);
		}

		return this.#oneTry;
	}
}
