import {execFileSync} from 'node:child_process';
import path from 'node:path';
import type {Findings, HostFinding, Namespace, PortFinding, RunOptions, RunResult} from '../lab/index.ts';

export const ROOT: string = path.join(import.meta.dirname, '../..');
export const CLI: string = path.join(ROOT, 'packages/cli/bin/halfopen.js');

/** The Node of the system when it is new enough, as a user would have it; the one that runs the tests otherwise. */
export const NODE: string = (() => {
	try {
		const version = execFileSync('/usr/bin/node', ['--version'], {encoding: 'utf8'});
		return Number(version.slice(1).split('.')[0]) >= 20 ? '/usr/bin/node' : process.execPath;
	} catch {
		return process.execPath;
	}
})();

/** Runs the built command line inside a namespace. */
export const runHalfopen = async (
	namespace: Namespace,
	args: readonly string[],
	options?: RunOptions,
): Promise<RunResult> => namespace.run(NODE, [CLI, ...args], options);

/** Scans with the built command line and reads its report; a failure is an error. */
export const halfopenScan = async (namespace: Namespace, args: readonly string[]): Promise<Findings> => {
	const {status, stdout, stderr} = await runHalfopen(namespace, ['-n', '--reason', ...args]);
	if (status !== 0) {
		throw new Error(`halfopen ended with status ${status}: ${stderr}`);
	}

	return parseReport(stdout);
};

/** The port tables of a report in normal format that shows reasons. */
export const parseReport = (report: string): Findings => {
	const findings = new Map<string, PortFinding>();
	let address = '';
	for (const line of report.split('\n')) {
		address = /scan report for (?:.* \()?([\d.a-f:]+)\)?/.exec(line)?.[1] ?? address;
		const [, port, state, reason, sender, ttl] = PORT_LINE.exec(line) ?? [];
		if (port !== undefined) {
			findings.set(`${address}:${port}`, {state, reason, ttl: Number(ttl ?? 0), ...(sender && {sender})});
		}
	}

	return findings;
};

const PORT_LINE = /^(\d+)\/tcp +(\S+) +\S+ +(\S+)(?: from (\S+))?(?: ttl (\d+))?$/;

export interface DiscoveredHost extends HostFinding {
	/** Probes that it was sent. */
	readonly probes: number;
}

/** What a scan that finds hosts said, in the order in which it said so. */
export interface Discovery {
	readonly hosts: ReadonlyMap<string, DiscoveredHost>;
	readonly warnings: readonly string[];
	readonly summary: Pick<Summary, 'rejected' | 'lost'> & {readonly redundantReplies: number};
}

/** Finds hosts with the built command line; a failure is an error. */
export const discoverHosts = async (
	namespace: Namespace,
	args: readonly string[],
	options?: RunOptions,
): Promise<Discovery> => {
	const {status, stdout, stderr} = await runHalfopen(namespace, ['-oD', '-', ...args], options);
	if (status !== 0) {
		throw new Error(`halfopen ended with status ${status}: ${stderr}`);
	}

	return parseDiscovery(stdout);
};

type NdjsonLine =
	| ({readonly type: 'host'; readonly address: string} & DiscoveredHost)
	| {readonly type: 'warning'; readonly message: string}
	| ({readonly type: 'end'} & Discovery['summary']);

export const parseDiscovery = (ndjson: string): Discovery => {
	const lines = ndjson
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as NdjsonLine);
	return {
		hosts: new Map(lines.flatMap(line => (line.type === 'host' ? [[line.address, line] as const] : []))),
		warnings: lines.flatMap(line => (line.type === 'warning' ? [line.message] : [])),
		summary: lines.find(line => line.type === 'end')!,
	};
};

/** One event of a scan as programs/scan.js prints it: port tables are lists, packets hexadecimal. */
export interface PrintedEvent {
	readonly type: string;
	readonly [key: string]: unknown;
}

/** Scans by the built library, in a process of its own inside a namespace. */
export const libraryScan = async (
	namespace: Namespace,
	options: Readonly<Record<string, unknown>>,
): Promise<LibraryScan> => {
	const {status, stdout, stderr} = await runProgram(namespace, 'scan.js', [JSON.stringify(options)]);
	if (status !== 0) {
		throw new Error(`programs/scan.js ended with status ${status}: ${stderr}`);
	}

	return new LibraryScan(stdout);
};

/** Runs a program of this folder inside a namespace. */
export const runProgram = async (
	namespace: Namespace,
	program: string,
	args: readonly string[] = [],
	options?: RunOptions,
): Promise<RunResult> =>
	namespace.run(NODE, ['--expose-gc', path.join(import.meta.dirname, 'programs', program), ...args], options);

interface PrintedPort extends Omit<PortFinding, 'sender'> {
	readonly port: number;
	readonly sender?: {readonly value: number};
}

/** What a scan by the library said. */
export class LibraryScan {
	readonly events: readonly PrintedEvent[];

	constructor(lines: string) {
		this.events = lines
			.trim()
			.split('\n')
			.map(line => JSON.parse(line) as PrintedEvent);
	}

	/** States and reasons by port, of a scan of one host. */
	get findings(): Readonly<Record<number, string>> {
		const {report} = this.events.find(({type}) => type === 'host') as unknown as {
			report: {ports: readonly PrintedPort[]};
		};
		return Object.fromEntries(report.ports.map(({port, state, reason}) => [port, `${state} ${reason}`]));
	}

	get summary(): Summary {
		return (this.events.at(-1) as unknown as {summary: Summary}).summary;
	}

	/** How many probes were sent to a port, by a scan that tells its decisions. */
	probesTo(port: number): number {
		return this.events
			.filter(({type}) => type === 'decision')
			.map(event => event as unknown as {decision: {what: string; port: number}})
			.filter(({decision}) => decision.what === 'probe-sent' && decision.port === port).length;
	}

	/** All states that were said of a port, in order. */
	statesOf(port: number): string[] {
		return this.events
			.filter(({type}) => type === 'port')
			.map(event => event as unknown as {result: PrintedPort})
			.filter(({result}) => result.port === port)
			.map(({result}) => `${result.state} ${result.reason}`);
	}
}

export interface Summary {
	readonly probesSent: number;
	readonly repliesReceived: number;
	readonly repliesRedundant: number;
	readonly rejected: Readonly<Record<string, number>>;
	readonly lost: Readonly<Record<string, number>>;
}
