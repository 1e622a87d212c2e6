import {readFileSync} from 'node:fs';
import path from 'node:path';
import {readResult, type ScanResult} from '../src/index.ts';

/** The result that a text is. It comes in pieces of so many characters. */
export const resultOf = async (text: string, pieceLength = 1000): Promise<ScanResult> =>
	readResult(piecesOf(text, pieceLength), 'a.txt');

async function* piecesOf(text: string, length: number): AsyncGenerator<string, void, undefined> {
	for (let at = 0; at < text.length; at += length) {
		yield text.slice(at, at + length);
	}
}

/** Of the same two scans by Nmap 7.93 in test/lab, in between which port 8080 was opened and a firewall set up. */
export const nmapFile = (name: string): string =>
	readFileSync(path.join(import.meta.dirname, 'results', name), 'utf8');
