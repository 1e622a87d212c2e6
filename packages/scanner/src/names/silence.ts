/**
 * Whether name servers are worth asking. After a few questions in a row that nobody answered they are left alone for a
 * while; then a single question without an answer is enough. Times are in milliseconds.
 */
export class Silence {
	#unanswered = 0;
	#until = 0;

	/** Whether servers are left alone at the moment. */
	holds(now: number): boolean {
		return now < this.#until;
	}

	/** Anything that a server said, even that it does not know. */
	onAnswer(): void {
		this.#unanswered = 0;
	}

	/** Returns whether this question was one too many. */
	onNoAnswer(now: number): boolean {
		this.#unanswered++;
		if (this.#unanswered < MOST_UNANSWERED || this.holds(now)) {
			return false;
		}

		this.#until = now + PAUSE;
		return true;
	}
}

const MOST_UNANSWERED = 3;
const PAUSE = 30_000;
