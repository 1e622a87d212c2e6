import {MILLISECOND, micros} from '@halfopen/model';
import {byteSize, level, list, newFile, oneOf, outputFile, text, time, type Argument} from '../argument.ts';
import {HIGHEST_LEVEL} from '../limits.ts';
import {flag, once, option, type OptionRow, type OptionEntry} from '../option.ts';
import type {Settings} from '../settings.ts';

/** Settings that are names of files to write. */
type FileSetting = {
	[Key in keyof Settings]-?: Key extends `${string}File` ? Key : never;
}[keyof Settings];

/** An option that names a file to write, once. */
const file = (
	setting: FileSetting | 'allFiles' | 'explainSvg',
	row: Pick<OptionRow<string>, 'names' | 'help' | 'details'>,
	argument: Argument<string> = outputFile,
): OptionEntry =>
	option({
		...row,
		argument,
		set: (name, settings, spelled) => ({[setting]: once(settings[setting], name, spelled)}),
	});

/** What is no target: `22`, `22,80-90`. */
const PORT_NUMBERS = /^\d+(-\d*)?(,\d+(-\d*)?)*$/;

/** `--explain` alone explains every port. */
const EXPLAINED: Argument<string> = {
	...text('PORTS'),
	isOptional: true,
	isNext: word => PORT_NUMBERS.test(word),
	read: ports => (ports === '' || ports === 'true' ? '0-' : ports),
	schema: {anyOf: [{const: true}, {type: 'string'}, {type: 'integer'}]},
};

export const OUTPUT: readonly OptionEntry[] = [
	file('normalFile', {
		names: ['-oN'],
		help: 'Write the report to FILE; - for standard output, with nothing else',
	}),
	file('xmlFile', {names: ['-oX'], help: "Write XML in Nmap's form to FILE"}),
	file('grepableFile', {
		names: ['-oG', '-oM'],
		help: 'Write one line for each host to FILE, to be searched by grep',
	}),
	file(
		'allFiles',
		{names: ['-oA'], help: 'Write BASE.nmap, BASE.xml and BASE.gnmap: the three above'},
		newFile('BASE'),
	),
	file('ndjsonFile', {
		names: ['-oD'],
		help: 'Write NDJSON to FILE: one JSON object a line, as things happen',
	}),
	file('jsonFile', {names: ['-oJ'], help: 'Write one JSON document to FILE'}),
	file('listFile', {names: ['-oL'], help: "Write a line for each port to FILE, in masscan's form"}),
	file('csvFile', {names: ['-oC'], help: "Write CSV to FILE, with zmap's names of fields"}),
	option({
		names: ['--fields'],
		argument: list('LIST'),
		help: 'The fields of the CSV, separated by commas',
		set: csvFields => ({csvFields}),
	}),
	file('pcapFile', {names: ['--pcap'], help: 'Write every packet sent and received to FILE, for Wireshark'}),
	flag({
		names: ['--append-output'],
		help: 'Append to files instead of replacing them',
		set: {appendOutput: true},
	}),
	option({
		names: ['--stylesheet'],
		argument: text('URL'),
		help: 'Name this stylesheet in the XML',
		set: stylesheet => ({stylesheet}),
	}),
	flag({
		names: ['--webxml'],
		help: "Name the stylesheet on Nmap's site in the XML",
		set: {stylesheet: 'https://svn.nmap.org/nmap/docs/nmap.xsl'},
	}),
	flag({names: ['--no-stylesheet'], help: 'Name no stylesheet in the XML', set: {stylesheet: false}}),
	option({
		names: ['--results'],
		argument: oneOf('KIND', ['table', 'stream']),
		help: 'What is kept of a scan in random order: a table of all ports, or a stream of answers',
		set: results => ({results}),
	}),
	option({
		names: ['--results-budget'],
		argument: byteSize,
		help: 'How large that table may become; 64M if not said',
		set: resultsBudget => ({resultsBudget}),
	}),
	option({
		names: ['-v', '--verbose'],
		argument: level(HIGHEST_LEVEL),
		help: 'Say more; more of it with -vv or -v2; -v0 says nothing',
		set: (value, {verbosity}) => ({verbosity: value ?? verbosity + 1, silent: value === 0}),
	}),
	option({
		names: ['-d', '--debug'],
		argument: level(HIGHEST_LEVEL),
		help: 'Explain each decision, and say more; -d2 and -d3 tell every step',
		set: (value, {debugging, verbosity}) => ({
			debugging: value ?? debugging + 1,
			verbosity: value ?? verbosity + 1,
		}),
	}),
	flag({
		names: ['--reason'],
		help: 'Show why each port and host has its state',
		set: {reasons: true},
	}),
	flag({
		names: ['--open'],
		help: 'Show only open ports, and only hosts that have some',
		set: {onlyOpen: true},
	}),
	flag({
		names: ['--packet-trace'],
		help: 'Show every packet sent and received; with -d2 and -d3 more of each',
		set: {packetTrace: true},
	}),
	option({
		names: ['--explain'],
		argument: EXPLAINED,
		help: 'Draw the packets that decided the state of each port, or of these PORTS',
		set: explain => ({explain}),
	}),
	file('explainSvg', {names: ['--explain-svg'], help: 'The same drawing in FILE, as SVG'}),
	option({
		names: ['--stats-every'],
		argument: time({least: micros(MILLISECOND), bareBelow: Infinity}),
		help: 'Say how far the scan is, every TIME',
		set: statsEvery => ({statsEvery}),
	}),
	file(
		'statusFile',
		{names: ['--status-file'], help: 'Write how far the scan is to FILE, one JSON object a second'},
		newFile(),
	),
	flag({
		names: ['--noninteractive'],
		help: 'Take no keys and draw no progress line, at a terminal too',
		set: {interactive: false},
	}),
];
