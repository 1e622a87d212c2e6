import test from 'ava';
import {XMLParser, XMLValidator} from 'fast-xml-parser';
import fc from 'fast-check';
import {csvFormat} from '../src/lines/csv-format.ts';
import {grepableFormat} from '../src/lines/grepable-format.ts';
import {listFormat} from '../src/lines/list-format.ts';
import {jsonFormat} from '../src/json/json-format.ts';
import {ndjsonFormat} from '../src/json/ndjson-format.ts';
import {normalFormat} from '../src/normal/normal-format.ts';
import type {NamedServices} from '../src/host/service-cells.ts';
import type {ReportFormat} from '../src/report-format.ts';
import {formatCommandLine} from '../src/text/command-line.ts';
import {escapeName, escapeText} from '../src/text/escape-text.ts';
import {xmlFormat} from '../src/xml/xml-format.ts';
import {isValidNmapXml} from './programs.ts';
import {head, hostReport, open, STARTED_AT, summary} from './reports.ts';

const RULES = {verbosity: 1, debugging: 0, onlyOpen: false};

/** What has broken a format somewhere. */
const NASTY = [
	'--',
	'-',
	']]>',
	'<!--',
	'-->',
	'<x a="b">',
	'&amp;',
	'?>',
	'"',
	"'",
	',',
	'=1+1',
	'\\',
	'\\u{41}',
	'/',
	'|',
	'#',
	'\n',
	'\r\n',
	'\t',
	'\0',
	'\u001B[31m',
	'\u007F',
	'\u0085',
	'\u202E',
	'\u2028',
	'\uD800',
	'\uDC00',
	'\uFFFE',
	'\u{1FFFF}',
	'é',
	'名',
	'😀',
];

const hostile = fc
	.array(fc.oneof(fc.constantFrom(...NASTY), fc.string({unit: 'binary', maxLength: 4}), fc.string()), {
		maxLength: 6,
	})
	.map(parts => parts.join(''));

/** Makes a format with these names of services. */
type MakeFormat = (named: NamedServices) => ReportFormat;

/** A whole report with this text wherever text from outside has its place. */
const reportWith = (make: MakeFormat, text: string): string => {
	const format = make({services: {serviceName: () => text}});
	return [
		format.begin(head({commandLine: formatCommandLine(['halfopen', text])})),
		format.warning?.(text),
		format.host(hostReport([open(22)], {name: text, reverseName: text})),
		format.end(summary(), STARTED_AT, 'failed', text),
	].join('');
};

const INVISIBLE = /[^\P{C}\p{Cn}\n\t]|[\p{Zl}\p{Zp}]/u;

const property = (check: (text: string) => boolean | void): void => {
	fc.assert(fc.property(hostile, check), {numRuns: 500});
};

const readXml = new XMLParser({ignoreAttributes: false, attributeNamePrefix: '', processEntities: true});

/** The parser leaves references by number alone. */
const readHyphens = (value: string): string => value.replaceAll('&#45;', '-');

test('XML is well-formed and holds the text, escaped, whatever the text is', t => {
	t.notThrows(() => {
		property(text => {
			const xml = reportWith(named => xmlFormat({...RULES, ...named, stylesheet: text}), text);
			const isWellFormed = XMLValidator.validate(xml) === true && !INVISIBLE.test(xml);
			const {nmaprun} = readXml.parse(xml) as {
				nmaprun: {
					args: string;
					host: {hostnames: {hostname: {name: string}[]}; ports: {port: {service: {name: string}}}};
				};
			};
			const {hostname} = nmaprun.host.hostnames;
			const {service} = nmaprun.host.ports.port;
			return (
				isWellFormed &&
				[...hostname, service].every(({name}) => readHyphens(name) === escapeText(text).trim()) &&
				readHyphens(nmaprun.args) === formatCommandLine(['halfopen', text]).trim()
			);
		});
	});
});

test("hostile text in every place at once is valid by Nmap's DTD", t => {
	isValidNmapXml(
		t,
		reportWith(named => xmlFormat({...RULES, ...named}), NASTY.join('')),
	);
	isValidNmapXml(
		t,
		reportWith(named => xmlFormat({...RULES, ...named}), NASTY.toReversed().join(' ')),
	);
});

const readsBack = test.macro({
	title: (_, name: string) => `${name} reads back exactly what the text was, and shows nothing invisible`,
	exec(t, _name: string, make: MakeFormat, namesIn: (text: string) => unknown[]) {
		t.notThrows(() => {
			property(text => {
				const report = reportWith(make, text);
				return !INVISIBLE.test(report) && namesIn(report).every(name => name === text);
			});
		});
	},
});

type Names = {
	name: unknown;
	reverseName: unknown;
	message: unknown;
	problem: unknown;
	ports: {service: unknown}[];
};

const parseNames = (line: string): Names => JSON.parse(line) as Names;

test(
	readsBack,
	'NDJSON',
	named => ndjsonFormat({...RULES, ...named}),
	report => {
		const [, warning, host, end, ...rest] = report.split('\n');
		return [
			parseNames(warning).message,
			parseNames(host).name,
			parseNames(host).reverseName,
			parseNames(host).ports[0].service,
			parseNames(end).problem,
			...rest.slice(1),
		];
	},
);

test(
	readsBack,
	'JSON',
	named => jsonFormat({...RULES, ...named}),
	report => {
		const {results, warnings, end} = JSON.parse(report) as {results: Names[]; warnings: string[]; end: Names};
		const {name, reverseName, ports} = results[0];
		return [name, reverseName, ports[0].service, ...warnings, end.problem];
	},
);

/** Lines of text formats are as many as they are for a harmless text, so no text makes a line of its own. */
const keepsLines = test.macro({
	title: (_, name: string) => `no text breaks out of its line in ${name}`,
	exec(t, _name: string, make: MakeFormat) {
		const lines = (text: string): number => reportWith(make, text).split('\n').length;
		const usual = lines('harmless');
		t.notThrows(() => {
			property(text => lines(text) === usual && !INVISIBLE.test(reportWith(make, text)));
		});
	},
});

test(keepsLines, 'the normal format', named =>
	normalFormat({...RULES, ...named, reasons: true, toFile: true}),
);
test(keepsLines, 'grepable output', named => grepableFormat({...RULES, ...named}));
test(keepsLines, 'a list', () => listFormat(RULES));
test(keepsLines, 'CSV', named =>
	csvFormat({...RULES, ...named, fields: ['saddr', 'service', 'name', 'reverse_name']}),
);

test('fields of grepable output stay apart', t => {
	t.notThrows(() => {
		property(text => {
			const services = {serviceName: () => text};
			const line = grepableFormat({...RULES, services})
				.host(hostReport([open(22)], {reverseName: text}))
				.split('\n')[1];
			const [host, ports, ...others] = line.split('\t');
			return (
				host === `Host: 10.77.3.2 (${escapeName(text)})` &&
				/^Ports: 22\/open\/tcp\/\/[^/,]*\/\/\/$/.test(ports) &&
				others.length === 0
			);
		});
	});
});

test('a row of CSV reads back as the cells that it was made of', t => {
	t.notThrows(() => {
		property(text => {
			const row = csvFormat({
				...RULES,
				services: {serviceName: () => text},
				fields: ['name', 'service', 'reverse_name'],
			}).host(hostReport([open(22)], {name: text, reverseName: text}));
			const cells = readRow(row.slice(0, -1));
			return (
				cells.length === 3 &&
				cells[0] === cells[2] &&
				cells[1] === cells[2] &&
				!/^[=+@-]/.test(cells[0]) &&
				readEscapes(cells[0]) === readEscapes(escapeText(text))
			);
		});
	});
});

const readRow = (row: string): string[] =>
	[...`${row},`.matchAll(/(?:"((?:[^"]|"")*)"|([^",]*)),/g)].map(([, quoted, plain]) =>
		quoted === undefined ? plain : quoted.replaceAll('""', '"'),
	);

const readEscapes = (text: string): string =>
	text.replaceAll(/\\u\{([\da-f]+)\}/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
