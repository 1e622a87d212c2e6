import test from 'ava';
import {XMLParser, XMLValidator} from 'fast-xml-parser';
import fc from 'fast-check';
import {csvFormat} from '../src/lines/csv-format.ts';
import {grepableFormat} from '../src/lines/grepable-format.ts';
import {listFormat} from '../src/lines/list-format.ts';
import {jsonFormat} from '../src/json/json-format.ts';
import {ndjsonFormat} from '../src/json/ndjson-format.ts';
import {normalFormat} from '../src/normal/normal-format.ts';
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

/** A whole report with this text wherever text from outside has its place. */
const reportWith = (format: ReportFormat, text: string): string =>
	[
		format.begin(head({commandLine: formatCommandLine(['halfopen', text])})),
		format.warning?.(text),
		format.host(hostReport([open(22)], {name: text, reverseName: text})),
		format.end(summary(), STARTED_AT, 'failed', text),
	].join('');

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
			const xml = reportWith(xmlFormat({...RULES, stylesheet: text}), text);
			const isWellFormed = XMLValidator.validate(xml) === true && !INVISIBLE.test(xml);
			const {nmaprun} = readXml.parse(xml) as {
				nmaprun: {args: string; host: {hostnames: {hostname: {name: string}[]}}};
			};
			const {hostname} = nmaprun.host.hostnames;
			return (
				isWellFormed &&
				hostname.every(({name}) => readHyphens(name) === escapeText(text).trim()) &&
				readHyphens(nmaprun.args) === formatCommandLine(['halfopen', text]).trim()
			);
		});
	});
});

test("hostile text in every place at once is valid by Nmap's DTD", t => {
	isValidNmapXml(t, reportWith(xmlFormat(RULES), NASTY.join('')));
	isValidNmapXml(t, reportWith(xmlFormat(RULES), NASTY.toReversed().join(' ')));
});

const readsBack = test.macro({
	title: (_, name: string) => `${name} reads back exactly what the text was, and shows nothing invisible`,
	exec(t, _name: string, format: () => ReportFormat, namesIn: (text: string) => unknown[]) {
		t.notThrows(() => {
			property(text => {
				const report = reportWith(format(), text);
				return !INVISIBLE.test(report) && namesIn(report).every(name => name === text);
			});
		});
	},
});

type Names = {name: unknown; reverseName: unknown; message: unknown; problem: unknown};

const parseNames = (line: string): Names => JSON.parse(line) as Names;

test(
	readsBack,
	'NDJSON',
	() => ndjsonFormat(RULES),
	report => {
		const [, warning, host, end, ...rest] = report.split('\n');
		return [
			parseNames(warning).message,
			parseNames(host).name,
			parseNames(host).reverseName,
			parseNames(end).problem,
			...rest.slice(1),
		];
	},
);

test(
	readsBack,
	'JSON',
	() => jsonFormat(RULES),
	report => {
		const {results, warnings, end} = JSON.parse(report) as {results: Names[]; warnings: string[]; end: Names};
		return [results[0].name, results[0].reverseName, ...warnings, end.problem];
	},
);

/** Lines of text formats are as many as they are for a harmless text, so no text makes a line of its own. */
const keepsLines = test.macro({
	title: (_, name: string) => `no text breaks out of its line in ${name}`,
	exec(t, _name: string, format: () => ReportFormat) {
		const lines = (text: string): number => reportWith(format(), text).split('\n').length;
		const usual = lines('harmless');
		t.notThrows(() => {
			property(text => lines(text) === usual && !INVISIBLE.test(reportWith(format(), text)));
		});
	},
});

test(keepsLines, 'the normal format', () => normalFormat({...RULES, reasons: true, toFile: true}));
test(keepsLines, 'grepable output', () => grepableFormat(RULES));
test(keepsLines, 'a list', () => listFormat(RULES));
test(keepsLines, 'CSV', () => csvFormat({...RULES, fields: ['saddr', 'name', 'reverse_name']}));

test('fields of grepable output stay apart', t => {
	t.notThrows(() => {
		property(text => {
			const line = grepableFormat(RULES)
				.host(hostReport([open(22)], {reverseName: text}))
				.split('\n')[1];
			return line === `Host: 10.77.3.2 (${escapeName(text)})\tPorts: 22/open/tcp//ssh///`;
		});
	});
});

test('a row of CSV reads back as the cells that it was made of', t => {
	t.notThrows(() => {
		property(text => {
			const row = csvFormat({...RULES, fields: ['name', 'sport', 'reverse_name']}).host(
				hostReport([open(22)], {name: text, reverseName: text}),
			);
			const cells = readRow(row.slice(0, -1));
			return (
				cells.length === 3 &&
				cells[0] === cells[2] &&
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
