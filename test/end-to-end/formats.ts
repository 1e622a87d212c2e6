import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {isValidNmapXml} from '../../packages/output/test/programs.ts';
import {strictValidator} from '../../packages/output/test/json/schemas.ts';

/** A format of reports: its option, and what is true of a report that is complete. */
export interface CheckedFormat {
	readonly option: string;
	/** Fails unless the report is complete; returns `address:port` of what it says is open. */
	readonly check: (t: ExecutionContext, report: string) => string[];
}

const isLine = (t: ExecutionContext, text: string | undefined, pattern: RegExp): void => {
	t.regex(text ?? '', pattern);
};

export const FORMATS: readonly CheckedFormat[] = [
	{
		option: '-oN',
		check: (t, report) => {
			const lines = report.trimEnd().split('\n');
			isLine(t, lines[0], /^# halfopen .* scan initiated /);
			isLine(t, lines.at(-1), /^# halfopen (?:done|interrupted|failed) at /);
			let address = '';
			return lines.flatMap(line => {
				address = /^Nmap scan report for (?:.* \()?([\d.]+)/.exec(line)?.[1] ?? address;
				const port = /^(\d+)\/tcp +open /.exec(line)?.[1];
				return port === undefined ? [] : [`${address}:${port}`];
			});
		},
	},
	{
		option: '-oX',
		check: (t, report) => {
			isValidNmapXml(t, report);
			return [...report.matchAll(/<host [^]*?<\/host>/g)].flatMap(([host]) => {
				const address = /<address addr="([^"]+)" addrtype="ipv4"/.exec(host)?.[1];
				return [...host.matchAll(/portid="(\d+)"><state state="open"/g)].map(
					([, port]) => `${address}:${port}`,
				);
			});
		},
	},
	{
		option: '-oG',
		check: (t, report) => {
			const lines = report.trimEnd().split('\n');
			isLine(t, lines[0], /^# halfopen .* scan initiated /);
			isLine(t, lines.at(-1), /^# halfopen (?:done|interrupted|failed) at /);
			return lines
				.filter(line => line.includes('\tPorts: '))
				.flatMap(line => {
					const [, address, ports] = /^Host: (\S+) \([^)]*\)\tPorts: ([^\t]*)/.exec(line) ?? [];
					t.truthy(address, line);
					return [...ports.matchAll(/(\d+)\/open\/tcp\/\//g)].map(([, port]) => `${address}:${port}`);
				});
		},
	},
	{
		option: '-oD',
		check: (t, report) => {
			const validate = strictValidator('ndjson-1');
			const events = report
				.trimEnd()
				.split('\n')
				.map(line => JSON.parse(line) as Host & {type: string});
			for (const event of events) {
				t.true(validate(event), `${JSON.stringify(event)}: ${JSON.stringify(validate.errors)}`);
			}

			t.deepEqual([events[0].type, events.at(-1)?.type], ['started', 'end']);
			return openPorts(events.filter(({type}) => type === 'host'));
		},
	},
	{
		option: '-oJ',
		check: (t, report) => {
			const validate = strictValidator('json-1');
			const document = JSON.parse(report) as {results: Host[]};
			t.true(validate(document), JSON.stringify(validate.errors));
			return openPorts(document.results);
		},
	},
	{
		option: '-oL',
		check: (t, report) => {
			const lines = report.trimEnd().split('\n');
			t.deepEqual([lines[0], lines.at(-1)], ['#masscan', '# end']);
			const ports = lines.filter(line => !line.startsWith('#'));
			t.true(ports.every(line => /^(?:open|closed|filtered) tcp \d+ [\d.]+ \d{10}$/.test(line)));
			return ports
				.map(line => line.split(' '))
				.filter(([state]) => state === 'open')
				.map(([, , port, address]) => `${address}:${port}`);
		},
	},
	{
		option: '-oC',
		check: (t, report) => {
			const [names, ...rows] = report
				.trimEnd()
				.split('\n')
				.map(line => line.split(','));
			t.true(report.endsWith('\n'));
			t.deepEqual(names.slice(0, 4), ['saddr', 'sport', 'classification', 'success']);
			t.true(rows.every(row => row.length === names.length));
			return rows.filter(([, , , success]) => success === '1').map(([address, port]) => `${address}:${port}`);
		},
	},
];

interface Host {
	readonly address: string;
	readonly ports: readonly {readonly port: number; readonly state: string}[];
}

const openPorts = (hosts: readonly Host[]): string[] =>
	hosts.flatMap(({address, ports}) =>
		ports.filter(({state}) => state === 'open').map(({port}) => `${address}:${port}`),
	);

/** Options that write every format into a folder. */
export const everyFormat = (folder: string): string[] => [
	...FORMATS.flatMap(({option}) => [option, path.join(folder, option)]),
	'--pcap',
	path.join(folder, 'pcap'),
];

/** Checks the reports that `everyFormat` asked for: all are complete and agree. Returns what they say is open. */
export const checkEveryFormat = (t: ExecutionContext, folder: string): string[] => {
	const all = FORMATS.map(({option, check}) =>
		check(t, readFileSync(path.join(folder, option), 'utf8')).sort(),
	);
	for (const [index, found] of all.entries()) {
		t.deepEqual(found, all[0], FORMATS[index].option);
	}

	return all[0];
};

/** Packets of a capture, as tcpdump shows them; `undefined` where there is no tcpdump. */
export const readCapture = (file: string): string[] | undefined =>
	existsSync('/usr/bin/tcpdump')
		? execFileSync('tcpdump', ['-n', '-r', file], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']})
				.trimEnd()
				.split('\n')
		: undefined;
