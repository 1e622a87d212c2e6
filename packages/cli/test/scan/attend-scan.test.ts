// What goes on beside a scan, at a terminal and in files, with a process that the test makes up.
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {micros, type ScanEvent} from '@halfopen/model';
import type {ScanOptions, Told} from '@halfopen/scanner';
import {main} from '../../src/main.ts';
import type {CommandIo} from '../../src/process/io.ts';
import {fakeIo, type FakeIo} from '../fake-io.ts';
import {closed, end, fakeScan, host, open, PROGRESS, started} from '../fake-scan.ts';

const TERMINAL = {columns: () => 80};

interface FakeTerminal extends FakeIo {
	/** Presses keys, if anybody waits for them. */
	press(keys: string): void;
	/** Whether the terminal is as it was. */
	readonly isRestored: boolean;
}

const fakeTerminal = (): FakeTerminal => {
	const io = fakeIo('', {HOME: '/nonexistent', NO_COLOR: '1'});
	let listener: ((key: string) => void) | undefined;
	const keyboard: CommandIo['keyboard'] = {
		onKey: onKey => {
			listener = onKey;
			return () => {
				listener = undefined;
			};
		},
	};
	// Descriptors, not a spread: `pending` is a getter.
	return Object.defineProperties({} as FakeTerminal, {
		...Object.getOwnPropertyDescriptors(io),
		stdout: {value: {...io.stdout, terminal: TERMINAL}},
		keyboard: {value: keyboard, enumerable: true},
		press: {
			value: (keys: string) => {
				for (const key of keys) {
					listener?.(key);
				}
			},
		},
		isRestored: {get: () => listener === undefined},
	});
};

/** Scans, and does what is to be done after the scan began and before its end. */
const during = async (
	io: FakeIo,
	words: readonly string[],
	act: () => void,
	events: readonly ScanEvent[] = [],
) => {
	const rates: number[] = [];
	const told: Partial<Told>[] = [];
	const {load, asked} = fakeScan(async function* () {
		yield started();
		act();
		yield* events;
		yield end();
	});
	const exitCode = await main(words, io, async () => {
		const start = await load();
		return (options: ScanOptions) => ({
			...start(options),
			progress: () => ({...PROGRESS, rateNow: 1000, portsAnswered: 7, timeLeft: micros(4_000_000)}),
			setRate: (rate: number) => rates.push(rate),
			tell: (what: Partial<Told>) => told.push(what),
		});
	});
	return {exitCode, out: io.out.join(''), rates, told, asked};
};

const LINE = '███▊                   18.8 %  30 of 160 ports  1 of 2 hosts  1.0k/s  0:04 left';

test('at a terminal a line says how far the scan is, and is gone at the end', async t => {
	const io = fakeTerminal();
	const {out, exitCode} = await during(io, ['x'], () => {
		io.tick(200);
	});
	t.is(exitCode, 0);
	t.true(out.includes(LINE), out);
	const shown = out.split('\r\u001B[2K').at(-1) ?? '';
	t.false(shown.includes('█'), shown);
	t.is(io.pending, 0);
});

test('on a pipe there is nothing but the report', async t => {
	const io = fakeIo();
	const {out} = await during(io, ['x'], () => {
		io.tick(200);
	});
	t.false(out.includes('\u001B') || out.includes('█'), out);
});

test('keys say more and less, and any other asks for the status', async t => {
	const io = fakeTerminal();
	const {out} = await during(io, ['-d', '--packet-trace', 'x'], () => {
		io.press('vVdDpP\r?');
	});
	for (const text of [
		'\nVerbosity: 2\nVerbosity: 1\nDebugging: 2\nDebugging: 1\nPacket trace: on\nPacket trace: off\nStats: 0:00:01 elapsed;',
		'\n  v          say more\n',
	]) {
		t.true(out.includes(text), out);
	}

	t.true(io.isRestored);
});

test('+ and - change the rate', async t => {
	const io = fakeTerminal();
	const {rates} = await during(io, ['x'], () => {
		io.press('+-');
	});
	t.deepEqual(rates, [1250, 800]);
});

test('what a key changed holds for the hosts that follow', async t => {
	const results = [open(22), ...Array.from({length: 30}, (_, port) => closed(port + 100))];
	const pressing = async (keys: string): Promise<string> => {
		const io = fakeTerminal();
		return (await during(io, ['x'], () => io.press(keys), [host(results)])).out;
	};
	t.regex(await pressing(''), /Not shown: 30 closed/);
	t.notRegex(await pressing('v'), /Not shown/);
});

test('--noninteractive takes no keys and draws no line', async t => {
	const io = fakeTerminal();
	const {out} = await during(io, ['--noninteractive', 'x'], () => {
		t.true(io.isRestored);
		io.tick(200);
	});
	t.false(out.includes('█'));
});

test('a scan that fails leaves the terminal as it was', async t => {
	const io = fakeTerminal();
	const {load} = fakeScan(async function* () {
		yield started();
		io.tick(200);
		t.false(io.isRestored);
		throw new Error('a mistake');
	});
	await t.throwsAsync(main(['x'], io, load), {message: 'a mistake'});
	t.true(io.isRestored);
	t.is(io.out.join('').split('\r\u001B[2K').at(-1)?.includes('█'), false);
});

test('--status-file has an object for each second and one at the end', async t => {
	const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-status-'));
	try {
		const file = path.join(folder, 'status');
		const io = fakeIo();
		await during(io, ['--status-file', file, 'x'], () => {
			io.tick(1000);
		});
		const records = (await readFile(file, 'utf8'))
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line) as unknown);
		const status = {
			time: '2026-11-22T12:53:20.000Z',
			elapsed: 1,
			portsDone: 30,
			portsLeft: 130,
			portsTotal: 160,
			hostsDone: 1,
			hostsUp: 1,
			hostsTotal: 2,
			probes: 60,
			rate: 1000,
			answers: 7,
			timeLeft: 4,
		};
		t.deepEqual(records, [
			{...status, state: 'running'},
			{...status, state: 'ended'},
		]);
	} finally {
		await rm(folder, {recursive: true});
	}
});

test('a status file that cannot be written is told before the scan begins', async t => {
	const io = fakeIo();
	const {exitCode, asked} = await during(io, ['--status-file', '/nonexistent/s', 'x'], () => {});
	t.is(exitCode, 2);
	t.is(asked.length, 0);
	t.is(
		io.errors.join(''),
		'halfopen: --status-file: cannot write `/nonexistent/s`: no such file or directory (ENOENT)\n',
	);
});

test('the scan is asked to tell what keys want to see, and no more', async t => {
	const io = fakeTerminal();
	const {told, asked} = await during(io, ['x'], () => {
		io.press('pddDDP');
	});
	t.like(asked[0], {trace: false, decisions: false, portEvents: 'open'});
	t.deepEqual(
		told.map(({trace, decisions, portEvents}) => [trace, decisions, portEvents]),
		[
			[true, false, 'open'],
			[true, true, 'open'],
			[true, true, 'all'],
			[true, true, 'open'],
			[true, false, 'open'],
			[false, false, 'open'],
		],
	);
});

test('what is kept of packets goes on when the terminal has seen enough', async t => {
	const io = fakeTerminal();
	const {told} = await during(io, ['--explain', 'x'], () => {
		io.press('pP');
	});
	t.deepEqual(
		told.map(({trace, decisions}) => [trace, decisions]),
		[
			[true, true],
			[true, true],
		],
	);
});
