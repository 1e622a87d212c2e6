import type {LossSpan} from './loss-span.ts';

/**
 * How alike hosts are in what they lose. Where all lose alike, what one of them lost by chance says next to nothing, and
 * the loss of all is the better guess for each: a host that lost nothing so far is not better than the others. Where they
 * differ, each counts for itself.
 *
 * The losses of hosts are taken to be beta distributed and their differences measured by moments (Kleinman 1973,
 * "Proportions with extraneous variance", with the tries as weights), one standard deviation towards more difference: few
 * tries of few hosts never show that all are alike.
 */
export class LossAmongHosts {
	#hosts = 0;
	#tries = 0;
	#lost = 0;
	/** Sums over the hosts. */
	#triesSquared = 0;
	#lostSquaredByTries = 0;

	/** One more try is counted, at a host that counted so many `before`. */
	count({tries, lost}: Pick<LossSpan, 'tries' | 'lost'>, isLost: boolean): void {
		const lostNow = lost + (isLost ? 1 : 0);
		this.#hosts += tries === 0 ? 1 : 0;
		this.#tries++;
		this.#lost += isLost ? 1 : 0;
		this.#triesSquared += 2 * tries + 1;
		this.#lostSquaredByTries += lostNow ** 2 / (tries + 1) - (tries === 0 ? 0 : lost ** 2 / tries);
	}

	/** What the loss of all weighs beside what a host saw itself, in tries; no less than `least`. */
	weight(least: number): number {
		const [hosts, tries] = [this.#hosts, this.#tries];
		const spread = tries - this.#triesSquared / tries - (hosts - 1);
		if (hosts < 2 || spread <= 0) {
			return least;
		}

		const loss = (this.#lost + 1) / (tries + 2); // Laplace's rule of succession
		const variance = loss * (1 - loss);
		const squares = this.#lostSquaredByTries - 2 * loss * this.#lost + loss ** 2 * tries;
		const excess = squares / variance - (hosts - 1);
		const deviation = Math.sqrt(2 * (hosts - 1) + hosts ** 2 / (tries * variance));
		const correlation = (Math.max(0, excess) + deviation) / spread;
		return Math.max(least, 1 / correlation - 1);
	}
}
