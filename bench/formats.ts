// How fast are reports written, and does memory stay flat? 100,000 hosts with 10 ports each, in each format by itself
// and in all of them at once, to files in the system's folder for temporary files.
//
// Usage: node --expose-gc bench/formats.ts [--hosts N]

import {mkdtemp, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {PortResults} from '@halfopen/classify';
import {ipv4, micros, type HostReport, type ScanSummary, WITHOUT_DISCOVERY} from '@halfopen/model';
import {CSV_FIELDS, type ReportHead} from '@halfopen/output';
import {DEFAULT_SETTINGS} from '../packages/cli/src/options/settings.ts';
import {openReportFile} from '../packages/cli/src/report/report-file.ts';
import {wantedReports} from '../packages/cli/src/report/report-formats.ts';
import {Sheet} from '../packages/cli/src/report/sheet.ts';
import {markdownTable, numberOption, report as writeReport} from './measure.ts';

const HOSTS = numberOption('hosts', 100_000);
const PORTS = Uint16Array.of(21, 22, 23, 25, 80, 110, 139, 443, 445, 8080);

const WANTED = wantedReports({
	...DEFAULT_SETTINGS,
	verbosity: 1, // So that formats with a line for each port have all ten
	normalFile: 'nmap',
	xmlFile: 'xml',
	grepableFile: 'gnmap',
	ndjsonFile: 'ndjson',
	jsonFile: 'json',
	listFile: 'list',
	csvFile: 'csv',
	csvFields: CSV_FIELDS,
});

const HEAD: ReportHead = {
	version: '0.0.0',
	startedAt: 1_795_351_961_000,
	commandLine: 'halfopen -v 10.0.0.0/8',
	scanType: 'syn',
	hostsTotal: HOSTS,
	ports: PORTS,
	discovery: WITHOUT_DISCOVERY,
};

const SUMMARY: ScanSummary = {
	hostsUp: HOSTS,
	hostsDown: 0,
	hostsTotal: HOSTS,
	elapsed: micros(1),
	probesSent: HOSTS * PORTS.length,
	probesSentBytes: 0,
	repliesReceived: 0,
	repliesReceivedBytes: 0,
	expectedMissed: 0,
	portsScanned: HOSTS * PORTS.length,
	portsAnswered: HOSTS * PORTS.length,
	repliesRedundant: 0,
	rejected: {malformed: 0, unsolicited: 0, wrongCookie: 0, wrongQuote: 0, shortQuote: 0},
	lost: {repliesLost: 0, kernelDrops: 0, interfaceDrops: 0, sendErrors: 0},
};

/** Of the ten ports three are open, six closed and one filtered. */
const reportOf = (index: number): HostReport => {
	const ports = new PortResults(PORTS);
	for (let port = 0; port < PORTS.length; port++) {
		const answer =
			port % 3 === 1
				? ({state: 'open', reason: 'syn-ack'} as const)
				: port === 9
					? ({state: 'filtered', reason: 'no-response'} as const)
					: ({state: 'closed', reason: 'reset'} as const);
		ports.apply(port, answer, 64);
	}

	return {
		address: ipv4(0x0a_00_00_00 + index),
		reverseName: `host-${index}.example.org`,
		status: 'up',
		reason: 'user-set',
		ttl: 0,
		loss: 0.0123,
		expectedMissed: 0.000_01,
		times: {smoothed: micros(20_000), variance: micros(1000), timeout: micros(100_000)},
		startedAt: HEAD.startedAt,
		endedAt: HEAD.startedAt + index / 100,
		ports,
		probesSent: 11,
	};
};

/** Seconds that it takes to make the reports alone. */
const measureNothing = (): number => {
	const begun = performance.now();
	for (let index = 0; index < HOSTS; index++) {
		reportOf(index);
	}

	return (performance.now() - begun) / 1000;
};

interface Measurement {
	readonly seconds: number;
	readonly bytes: number;
	/** By how much more memory was held at the end than half-way, in bytes. */
	readonly growth: number;
	/** The most memory that the process had, in bytes. */
	readonly most: number;
}

const measure = async (folder: string, wanted: typeof WANTED): Promise<Measurement> => {
	const names = wanted.map(({name}) => path.join(folder, name));
	const sheets = await Promise.all(
		wanted.map(
			async ({option, makeFormat}, index) =>
				new Sheet(makeFormat(), await openReportFile(option, names[index], {append: false})),
		),
	);
	const begun = performance.now();

	const held: number[] = [];
	let most = 0;
	for (const sheet of sheets) {
		await sheet.file?.begin();
		await sheet.add(sheet.format.begin(HEAD));
	}

	for (let index = 0; index < HOSTS; index++) {
		const report = reportOf(index);
		for (const sheet of sheets) {
			const wait = sheet.add(sheet.format.host(report));
			if (wait !== undefined) {
				await wait;
			}
		}

		if (index % (HOSTS / 10) === 0) {
			most = Math.max(most, process.memoryUsage.rss());
		}

		if (index === HOSTS / 2) {
			held.push(heldBytes());
		}
	}

	held.push(heldBytes());
	for (const sheet of sheets) {
		await sheet.end(sheet.format.end(SUMMARY, HEAD.startedAt + 1000));
		await sheet.file?.close();
	}

	const seconds = (performance.now() - begun) / 1000;
	const sizes = await Promise.all(names.map(async name => (await stat(name)).size));
	await Promise.all(names.map(async name => rm(name)));
	return {seconds, bytes: sizes.reduce((sum, size) => sum + size), growth: held[1] - held[0], most};
};

/** What is in use once everything else was collected, and what is waiting to be written. */
const heldBytes = (): number => {
	globalThis.gc?.();
	const {heapUsed, external} = process.memoryUsage();
	return heapUsed + external;
};

const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-formats-'));
try {
	measureNothing();
	const idle = measureNothing();
	const rows: [string[], ...string[][]] = [
		['format', 'ports/s', 'MB/s', 'size', 'memory grew by', 'process at most'],
	];
	for (const wanted of [...WANTED.map(one => [one]), WANTED]) {
		await measure(folder, wanted);
		const {seconds, bytes, growth, most} = await measure(folder, wanted);
		rows.push([
			wanted.length === 1 ? wanted[0].option : 'all at once',
			`${Math.round((HOSTS * PORTS.length) / (seconds - idle) / 1000)} k`,
			`${Math.round(bytes / (seconds - idle) / 1e6)}`,
			`${Math.round(bytes / 1e6)} MB`,
			`${(growth / 2 ** 20).toFixed(1)} MiB`,
			`${Math.round(most / 2 ** 20)} MiB`,
		]);
	}

	writeReport(
		'formats',
		'Writing reports',
		`${HOSTS} hosts with ${PORTS.length} ports each, with \`-v\`; the second of two runs. What it takes to make the reports of hosts is not counted. All at once writes each port ${WANTED.length} times.

${markdownTable(rows)}`,
	);
} finally {
	await rm(folder, {recursive: true});
}
