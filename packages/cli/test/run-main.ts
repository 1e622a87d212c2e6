import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {PortResult, ScanEvent} from '@halfopen/model';
import type {ScanOptions} from '@halfopen/scanner';
import {main} from '../src/main.ts';
import {VERSION} from '../src/version.ts';
import {fakeIo, type FakeIo} from './fake-io.ts';
import {closed, fakeScan, open} from './fake-scan.ts';

export const BANNER: string = `Starting halfopen ${VERSION} ( https://github.com/halfopen/halfopen ) at 2026-11-22 12:53 UTC\n`;
export const DONE = 'halfopen done: 1 IP address (1 host up) scanned in 1.41 seconds\n';
export const FOUND: readonly [PortResult, PortResult] = [open(22), closed(23)];
/** What is printed of a host where that was found. */
export const HOST = `Nmap scan report for 10.77.3.2
Host is up (0.000046s latency).

PORT   STATE  SERVICE
22/tcp open   ssh
23/tcp closed telnet

`;

/** How a command line ended, what it printed, and what it asked of the scanner. */
export interface Outcome {
	readonly exitCode: number;
	readonly out: string;
	readonly errors: string;
	readonly asked: readonly ScanOptions[];
	readonly io: FakeIo;
}

/** Runs a command line over a scan that says these things. */
export const run = async (
	words: readonly string[],
	events: Parameters<typeof fakeScan>[0] | readonly ScanEvent[],
	io: FakeIo = fakeIo(),
): Promise<Outcome> => {
	const scan = fakeScan(typeof events === 'function' ? events : () => events);
	const exitCode = await main(words, io, scan.load);
	return {exitCode, out: io.out.join(''), errors: io.errors.join(''), asked: scan.asked, io};
};

/** A scan that fails before it began. */
export async function* failing(failure: Error): AsyncGenerator<ScanEvent, void, undefined> {
	yield await Promise.reject<ScanEvent>(failure);
}

/** With a folder that is gone afterwards. */
export const withFolder = async (action: (folder: string) => Promise<void>): Promise<void> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-cli-'));
	try {
		await action(folder);
	} finally {
		await rm(folder, {recursive: true});
	}
};
