import {parseAddress, ScanError, type AddressKey} from '@halfopen/model';
import type {AddressGuard} from '../sets/address-guard.ts';
import {ByteCursor} from './byte-cursor.ts';
import {NumberList} from './number-list.ts';
import {WordSplitter} from './word-splitter.ts';

/**
 * Addresses with ports, each pair once, ascending. A pair is address * 65,536 + port. Plain data, which can be sent to
 * another thread; 8 bytes for each pair of IPv4.
 */
export interface PairList {
	readonly ipv4: Float64Array;
	readonly ipv6: readonly bigint[];
}

/**
 * Reads pairs as `192.0.2.7:22` and `[2001:db8::1]:22` from chunks of text: between blanks and line ends, with `#` for
 * a comment up to the end of the line. `name` is that of the file, for messages.
 * @throws ScanError `ERR_HALFOPEN_TARGET` for the first that is wrong, with its file and line
 */
export const parsePairs = async (
	chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
	name: string,
): Promise<PairList> => {
	const reader = new PairReader(name);
	for await (const chunk of chunks) {
		reader.push(chunk);
	}

	return reader.take();
};

/**
 * The pairs that are written one in each string.
 * @throws ScanError `ERR_HALFOPEN_TARGET` for the first that is wrong
 */
export const pairsOf = (texts: Iterable<string>): PairList => {
	const reader = new PairReader();
	for (const text of texts) {
		reader.add(text);
	}

	return reader.take();
};

/** The pairs whose addresses the guard permits. */
export const permittedPairs = (pairs: PairList, guard: AddressGuard): PairList => ({
	ipv4: pairs.ipv4.filter(pair => guard.permits(Math.floor(pair / PORTS))),
	ipv6: pairs.ipv6.filter(pair => guard.permits(pair / BigInt(PORTS))),
});

const PORTS = 65_536;

class PairReader {
	readonly #name: string | undefined;
	readonly #ipv4: NumberList<Float64Array> = new NumberList(Float64Array);
	readonly #ipv6: bigint[] = [];
	readonly #cursor = new ByteCursor();
	readonly #splitter = new WordSplitter((bytes, begin, end, line) => {
		if (!this.#addPlain(bytes, begin, end)) {
			this.#addText(new TextDecoder().decode(bytes.subarray(begin, end)), line);
		}
	});

	constructor(name?: string) {
		this.#name = name;
	}

	push(chunk: Uint8Array): void {
		this.#splitter.push(chunk);
	}

	add(text: string): void {
		this.#addText(text, 0);
	}

	take(): PairList {
		this.#splitter.end();
		return {
			ipv4: uniqueAscending(this.#ipv4.take()),
			ipv6: [...new Set(this.#ipv6)].sort((a, b) => (a < b ? -1 : 1)),
		};
	}

	#addPlain(bytes: Uint8Array, begin: number, end: number): boolean {
		const cursor = this.#cursor;
		cursor.open(bytes, begin, end);
		const address = cursor.ipv4();
		const port = address !== -1 && cursor.skip(COLON) ? cursor.number(PORTS - 1) : -1;
		if (port === -1 || !cursor.isDone) {
			return false;
		}

		this.#ipv4.push(address * PORTS + port);
		return true;
	}

	#addText(text: string, line: number): void {
		const pair = readPair(text.trim());
		if (pair === undefined) {
			const where = this.#name === undefined ? '' : `${this.#name}, line ${line}: `;
			throw new ScanError(
				'ERR_HALFOPEN_TARGET',
				`${where}Expected an address with a port, as in \`192.0.2.7:22\` or \`[2001:db8::1]:22\`, got \`${shorten(text)}\``,
			);
		}

		const [key, port] = pair;
		if (typeof key === 'number') {
			this.#ipv4.push(key * PORTS + port);
		} else {
			this.#ipv6.push(key * BigInt(PORTS) + BigInt(port));
		}
	}
}

const COLON = 0x3a;

/** A byte order mark does no harm. */
const readPair = (text: string): readonly [AddressKey, number] | undefined => {
	const {ipv4, ipv6, port} = PAIR.exec(text)?.groups ?? {};
	const address = parseAddress(ipv4 ?? ipv6 ?? '');
	const isPlain = address !== undefined && !(address.family === 6 && address.zone !== undefined);
	return isPlain && Number(port) < PORTS ? [address.value, Number(port)] : undefined;
};

const PAIR =
	/^\uFEFF?(?:(?<ipv4>(?:(?:0|[1-9]\d*)\.){3}(?:0|[1-9]\d*))|\[(?<ipv6>[^\]]*:[^\]]*)\]):(?<port>\d{1,5})$/;

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

const uniqueAscending = (pairs: Float64Array): Float64Array => {
	pairs.sort();
	return pairs.filter((pair, index) => index === 0 || pair !== pairs[index - 1]);
};
