import {MILLISECOND, SECOND, formatAddress, type Address, type Clock, type Micros} from '@halfopen/model';
import {knownMac} from './known-mac.ts';
import {describe, isNativeFailure} from './native-failure.ts';
import type {NativeAddon} from './native.ts';

/** How the search for a link-layer address ended. */
export type NeighbourAnswer =
	| {readonly what: 'found'; readonly mac: Uint8Array}
	| {readonly what: 'not-found'; readonly problem: string}
	/** The kernel does not know it yet, and we may not make the kernel look. */
	| {readonly what: 'not-permitted'};

/** A host on a link whose link-layer address is wanted. */
export interface WantedNeighbour {
	readonly index: number;
	readonly device: string;
	readonly address: Address;
	onAnswer(answer: NeighbourAnswer): void;
}

/**
 * Finds link-layer addresses in the kernel's tables. The kernel does ARP and neighbour discovery: we make it, and look
 * until it knows.
 */
export class NeighbourSearch {
	readonly #addon: Pick<NativeAddon, 'findNeighbour' | 'askNeighbour'>;
	readonly #clock: Clock;
	readonly #searches = new Map<WantedNeighbour, Search>();
	#timer: NodeJS.Timeout | undefined;

	constructor(addon: Pick<NativeAddon, 'findNeighbour' | 'askNeighbour'>, clock: Clock) {
		this.#addon = addon;
		this.#clock = clock;
	}

	/** The answer, when there is one at once; otherwise `onAnswer` will be called. */
	begin(wanted: WantedNeighbour): NeighbourAnswer | undefined {
		const search: Search = {begunAt: undefined, askedAt: undefined};
		// On a fast link the answer is there when the kernel has asked.
		const answer = this.#step(wanted, search) ?? this.#look(wanted, search);
		if (answer === undefined) {
			this.#searches.set(wanted, search);
			this.#schedule();
		}

		return answer;
	}

	/** Nobody waits for this one any more. */
	end(wanted: WantedNeighbour): void {
		this.#searches.delete(wanted);
	}

	close(): void {
		this.#searches.clear();
		clearTimeout(this.#timer);
	}

	#schedule(): void {
		const delay = Math.max(SHORTEST_DELAY, this.#searches.size * DELAY_FOR_EACH);
		this.#timer ??= setTimeout(() => this.#stepAll(), delay).unref();
	}

	#stepAll(): void {
		this.#timer = undefined;
		for (const [wanted, search] of this.#searches) {
			const answer = this.#step(wanted, search);
			if (answer !== undefined) {
				this.#searches.delete(wanted);
				wanted.onAnswer(answer);
			}
		}

		if (this.#searches.size > 0) {
			this.#schedule();
		}
	}

	/** Looks, and asks when it is time to. */
	#step(wanted: WantedNeighbour, search: Search): NeighbourAnswer | undefined {
		const answer = this.#look(wanted, search);
		if (answer !== undefined) {
			return answer;
		}

		const now = this.#clock.now();
		if (search.begunAt !== undefined && now - search.begunAt >= PATIENCE) {
			return noAnswer(wanted);
		}

		return search.askedAt === undefined || now - search.askedAt >= ASK_AGAIN_AFTER
			? this.#ask(wanted, search, now)
			: undefined;
	}

	#look(wanted: WantedNeighbour, {begunAt}: Search): NeighbourAnswer | undefined {
		try {
			const neighbour = this.#addon.findNeighbour(wanted.index, wanted.address.value);
			const mac = knownMac(neighbour);
			if (mac !== undefined) {
				return {what: 'found', mac};
			}

			// A failure from before we asked says nothing about now.
			const hasFailed = neighbour !== undefined && (neighbour.state & NUD_FAILED) !== 0;
			return hasFailed && begunAt !== undefined ? noAnswer(wanted) : undefined;
		} catch (error) {
			return problem(error);
		}
	}

	#ask(wanted: WantedNeighbour, search: Search, now: Micros): NeighbourAnswer | undefined {
		search.askedAt = now;
		try {
			this.#addon.askNeighbour(wanted.index, wanted.address.value);
			search.begunAt ??= now;
			return undefined;
		} catch (error) {
			if (isNativeFailure(error) && error.code === 'ENOBUFS') {
				return undefined; // Its table is full of others that are being looked for
			}

			return isNativeFailure(error) && error.code === 'EPERM' ? {what: 'not-permitted'} : problem(error);
		}
	}
}

type Search = {
	/** When the kernel was first made to look. */
	begunAt: Micros | undefined;
	askedAt: Micros | undefined;
};

const PATIENCE = 1.5 * SECOND;
const ASK_AGAIN_AFTER = 500 * MILLISECOND;
const SHORTEST_DELAY = 2; // ms
const DELAY_FOR_EACH = 0.1; // ms: looking takes a tenth of that, so many searches do not keep us busy

// <linux/neighbour.h>
const NUD_FAILED = 0x20;

const noAnswer = ({address, device}: WantedNeighbour): NeighbourAnswer => {
	const protocol = address.family === 4 ? 'ARP' : 'neighbour discovery';
	return {
		what: 'not-found',
		problem: `no answer to ${protocol} for ${formatAddress(address)} on ${device}`,
	};
};

const problem = (error: unknown): NeighbourAnswer => {
	if (!isNativeFailure(error)) {
		throw error;
	}

	return {what: 'not-found', problem: describe(error)};
};
