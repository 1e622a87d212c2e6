import {createReadStream} from 'node:fs';
import type {CommandIo} from '../process/io.ts';

/** The bytes of a file, or of standard input for `-`, piece by piece. */
export async function* readChunks(
	file: string,
	{stdin}: CommandIo,
): AsyncGenerator<Uint8Array, void, undefined> {
	for await (const chunk of file === '-' ? stdin : createReadStream(file, {highWaterMark: CHUNK_BYTES})) {
		yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : (chunk as Uint8Array);
	}
}

const CHUNK_BYTES = 2 ** 18;
