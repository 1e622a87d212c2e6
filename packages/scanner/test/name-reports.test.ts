import {type HostReport, ipv4, type ScanEvent, type ScanSummary} from '@halfopen/model';
import test from 'ava';
import {type EventBatches, nameReports, type ReportNames} from '../src/name-reports.ts';
import {withNameServer} from './names/fake-name-server.ts';

const host = (address: number): ScanEvent => ({
	type: 'host',
	report: {address: ipv4(address), status: 'up'} as HostReport,
});

const STARTED: ScanEvent = {type: 'host-started', address: ipv4(1)};
const END: ScanEvent = {type: 'end', summary: {} as ScanSummary};

const NOBODY: ReportNames = {typed: new Map(), reverse: 'never'};
const TYPED: ReportNames = {...NOBODY, typed: new Map([[2, {name: 'two.example', others: [ipv4(9)]}]])};
/** Nobody listens there, so every name is given up at once. */
const NO_SERVER: ReportNames = {...NOBODY, reverse: 'all', servers: ['127.0.0.1:1']};

async function* batchesOf(...batches: readonly (readonly ScanEvent[])[]): EventBatches {
	yield* batches;
}

/** Batches in a line each: `host 1, end`. */
const told = async (batches: EventBatches): Promise<string[]> => {
	const lines: string[] = [];
	for await (const batch of batches) {
		lines.push(
			batch
				.map(event =>
					event.type === 'host'
						? `host ${event.report.address.value} ${event.report.name ?? '-'}`
						: event.type,
				)
				.join(', '),
		);
	}

	return lines;
};

test('batches are handed on as they are when no report gets a name', t => {
	const batches = batchesOf([STARTED]);
	t.is(
		nameReports(batches, NOBODY, () => {}),
		batches,
	);
});

test('reports get the names that were typed, and stay in their place', async t => {
	const batches = batchesOf([STARTED, host(1), STARTED, host(2)], [STARTED], [host(2), END]);
	t.deepEqual(await told(nameReports(batches, TYPED, () => {})), [
		'host-started, host 1 -, host-started, host 2 two.example',
		'host-started',
		'host 2 two.example',
		'end',
	]);
});

test('a name is asked for when the scan of its host begins, and once', async t => {
	let questions = 0;
	let onQuestion: (() => void) | undefined;
	const asked = new Promise<void>(resolve => {
		onQuestion = resolve;
	});
	await withNameServer(
		({answer}) => {
			questions++;
			onQuestion?.();
			answer(['one', 'example']);
		},
		async server => {
			const reverseNames: (string | undefined)[] = [];
			for await (const batch of nameReports(scanUntil(asked), {...NO_SERVER, servers: [server]}, () => {})) {
				reverseNames.push(...batch.flatMap(event => (event.type === 'host' ? event.report.reverseName : [])));
			}

			t.deepEqual(reverseNames, ['one.example']);
			t.is(questions, 1);
		},
	);
});

/** The host is not done before. */
async function* scanUntil(done: Promise<void>): EventBatches {
	yield [STARTED];
	await done;
	yield [host(1)];
	yield [END];
}

test('no report is lost when no name server answers, and the end is the last', async t => {
	const lines = await told(
		nameReports(batchesOf([host(1), STARTED, host(2)], [STARTED, END]), NO_SERVER, () => {}),
	);
	const events = lines.join(', ').split(', ');
	t.deepEqual(events.toSorted(), ['end', 'host 1 -', 'host 2 -', 'host-started', 'host-started']);
	t.is(events.at(-1), 'end');
});

test("leaving ends a scan whose next events are far away, and what that fails with is nobody's", async t => {
	let fail: ((error: Error) => void) | undefined;
	let isClosed = false;
	const endless = async function* (): EventBatches {
		try {
			yield [host(1)];
			await new Promise((_, reject) => {
				fail = reject;
			});
		} finally {
			isClosed = true;
		}
	};

	const named = nameReports(endless(), NO_SERVER, () => {
		fail?.(new Error('abandoned'));
	});
	for await (const _ of named) {
		break;
	}

	t.true(isClosed);
});
