import {ScanError} from '@halfopen/model';
import {ResultBuilder, type ScanResult} from '../scan-result.ts';
import {readCsv} from './read-csv.ts';
import {readGrepable} from './read-grepable.ts';
import {readJson} from './read-json.ts';
import {readList} from './read-list.ts';
import {readXml} from './read-xml.ts';
import {type ResultFormat, sniffFormat} from './sniff-format.ts';

/** Reads the text of a file into the result. Says whether hosts without an open port are in it. */
export type FormatReader = (
	pieces: AsyncIterable<string>,
	result: ResultBuilder,
	name: string,
) => Promise<{readonly hasAllHosts: boolean}>;

const READERS: Readonly<Record<ResultFormat, FormatReader>> = {
	xml: readXml,
	json: readJson,
	grepable: readGrepable,
	list: readList,
	csv: readCsv,
};

/**
 * Reads a result whose format is known from its content: our NDJSON, JSON, XML, grepable, list and CSV, and what Nmap
 * writes with -oX and -oG. What is kept in memory are the hosts and ports that it tells of, not the text.
 * @throws ScanError `ERR_HALFOPEN_OPTION` with file and line, when it is not as its format has it
 */
export const readResult = async (
	chunks: AsyncIterable<Uint8Array | string>,
	name: string,
): Promise<ScanResult> => {
	const text = decoded(chunks);
	try {
		const head = await firstPiece(text);
		const format = sniffFormat(head);
		if (format === undefined) {
			throw unknownFormat(name, head);
		}

		const result = new ResultBuilder();
		const {hasAllHosts} = await READERS[format](joined(head, text), result, name);
		return result.build(name, hasAllHosts);
	} finally {
		await text.return(); // Closes the file, also when it was not read to its end
	}
};

const unknownFormat = (name: string, head: string): ScanError =>
	new ScanError(
		'ERR_HALFOPEN_OPTION',
		head.trim() === ''
			? `${name}: expected the result of a scan, got nothing`
			: `${name}: expected a result as XML, JSON, NDJSON, CSV, a list or grepable text; the report for people is none of these`,
	);

/** UTF-8, without a byte order mark. */
async function* decoded(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<string, void, undefined> {
	const decoder = new TextDecoder();
	for await (const chunk of chunks) {
		const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, {stream: true});
		if (text !== '') {
			yield text;
		}
	}

	const rest = decoder.decode();
	if (rest !== '') {
		yield rest;
	}
}

/** What a format is known by. */
const ENOUGH_TO_KNOW = 1024;

const firstPiece = async (text: AsyncGenerator<string, void, undefined>): Promise<string> => {
	let head = '';
	while (head.trimStart().length < ENOUGH_TO_KNOW) {
		const next = await text.next();
		if (next.done === true) {
			break;
		}

		head += next.value;
	}

	return head;
};

async function* joined(
	head: string,
	rest: AsyncGenerator<string, void, undefined>,
): AsyncGenerator<string, void, undefined> {
	yield head;
	yield* rest;
}
