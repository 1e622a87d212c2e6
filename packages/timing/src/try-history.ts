import type {LossSpan} from './loss-span.ts';

/** The tries that a port had, each by the span it was sent in. Ports with the same history share one object. */
export class TryHistory {
	readonly span: LossSpan;
	readonly previous: TryHistory | undefined;
	/** Tries, this one included. */
	readonly length: number;
	readonly #next: Map<LossSpan, TryHistory> = new Map();

	constructor(span: LossSpan, previous?: TryHistory) {
		this.span = span;
		this.previous = previous;
		this.length = (previous?.length ?? 0) + 1;
	}

	/** This history and one more try. */
	withTry(span: LossSpan): TryHistory {
		const next = this.#next.get(span) ?? new TryHistory(span, this);
		this.#next.set(span, next);
		return next;
	}

	/** This history without so many of the last tries. */
	without(count: number): TryHistory | undefined {
		return count === 0 ? this : this.previous?.without(count - 1);
	}

	/** Chance that every try was lost, though the port would answer. */
	get doubt(): number {
		return this.span.value * (this.previous?.doubt ?? 1);
	}
}
