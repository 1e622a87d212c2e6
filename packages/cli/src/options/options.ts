// The options of the command line: one table that parsing, help and completion come from.

import {MILLISECOND, micros, type Micros} from '@halfopen/model';
import {MOST_RETRIES} from '@halfopen/timing';
import {optionError, valueError} from './option-error.ts';
import {oneOf, probability, rate, template, time, wholeNumber, type TimeBounds} from './option-values.ts';
import type {Settings} from './settings.ts';

export const OPTION_GROUPS = [
	'Targets',
	'Ports and order',
	'Scan type',
	'Timing',
	'Packets',
	'Output',
	'Other',
] as const;

export type OptionGroup = (typeof OPTION_GROUPS)[number];

/** An option: how it is written, what help says, and what it does to the settings. */
export interface Option {
	/** All spellings; the first is the one that help shows and errors name. */
	readonly names: readonly [string, ...string[]];
	readonly group: OptionGroup;
	/** What help calls its argument; none for a switch. */
	readonly argument?: string;
	/** The argument may be missing, and is only read when it is in the same word. */
	readonly argumentIsOptional?: true;
	readonly help: string;
	/** The settings that it changes. `text` is empty for a switch, or when an optional argument is missing. */
	readonly read: (text: string, option: string, settings: Settings) => Partial<Settings>;
}

const HIGHEST_PORT = 65_535;
const HIGHEST_LEVEL = 10;

const AT_ONCE: Micros = micros(0);
const SHORTEST_TIMEOUT: Micros = micros(5 * MILLISECOND);
const SHORTEST_INITIAL: Micros = micros(1);

/** From these numbers on, a time without a unit is taken for milliseconds written by habit. */
const TIMEOUT: TimeBounds = {least: AT_ONCE, bareBelow: 50};
const DELAY: TimeBounds = {least: AT_ONCE, bareBelow: 100};
const HOST_TIMEOUT: TimeBounds = {least: AT_ONCE, bareBelow: 10_000};

/** Hosts are told apart by 16 bits. */
const MOST_HOSTS = 65_536;

/** A level that is given, or one more than it was. */
const level = (text: string, option: string, current: number): number =>
	text === '' ? current + 1 : wholeNumber(text, option, 0, HIGHEST_LEVEL);

/** For options of which a second one would silently replace the first. */
const once = (previous: string | undefined, text: string, option: string): string => {
	if (previous !== undefined) {
		throw optionError(`${option}: expected once, got it for \`${previous}\` and \`${text}\``);
	}

	return text;
};

/** An output file; a name that begins with a dash is more likely an option behind a forgotten file name. */
const outputFile = (text: string, option: string): string => {
	if (text === '' || (text.startsWith('-') && text !== '-')) {
		throw valueError(option, 'a file name; for one that begins with a dash put ./ before it', text);
	}

	return text;
};

const scanType = (type: 'syn' | 'connect', previous: Settings['scanType']): Partial<Settings> => {
	if (previous !== undefined && previous !== type) {
		throw optionError('-sS and -sT: expected one scan type, got both');
	}

	return {scanType: type};
};

export const OPTIONS: readonly Option[] = [
	{
		names: ['-iL'],
		group: 'Targets',
		argument: 'FILE',
		help: 'Scan the targets in FILE too; - for standard input',
		read: (text, option, {inputFile}) => ({inputFile: once(inputFile, text, option)}),
	},
	{
		names: ['--exclude'],
		group: 'Targets',
		argument: 'LIST',
		help: 'Never ask these targets, separated by commas',
		read: (text, _option, {exclude}) => ({exclude: [...exclude, ...text.split(',').filter(Boolean)]}),
	},
	{
		names: ['--excludefile'],
		group: 'Targets',
		argument: 'FILE',
		help: 'Never ask the targets in FILE',
		read: (text, option, {excludeFile}) => ({excludeFile: once(excludeFile, text, option)}),
	},
	{
		names: ['-n'],
		group: 'Targets',
		help: 'Look up no names of addresses',
		read: () => ({reverseNames: 'never'}),
	},
	{
		names: ['-R'],
		group: 'Targets',
		help: 'Look up the names of all addresses, not only of hosts that are up',
		read: () => ({reverseNames: 'all'}),
	},
	{
		names: ['-Pn', '-P0', '-PN', '-PD'],
		group: 'Targets',
		help: 'Do not ask first which hosts are up. This version never does: it scans every target',
		read: () => ({}),
	},
	{
		names: ['-4'],
		group: 'Targets',
		help: 'Scan IPv4, which is all that this version scans',
		read: () => ({}),
	},

	{
		names: ['-p'],
		group: 'Ports and order',
		argument: 'PORTS',
		help: 'Ports, ranges and service names: 22  1-1024,8080  -  "http*"',
		read: (text, option, {ports}) => ({ports: once(ports, text, option)}),
	},
	{
		names: ['-F'],
		group: 'Ports and order',
		help: 'Fast: the 100 most popular ports instead of 1000',
		read: () => ({fast: true}),
	},
	{
		names: ['--top-ports'],
		group: 'Ports and order',
		argument: 'N',
		help: 'The N most popular ports; with -p, of those',
		read: (text, option) => ({topPorts: wholeNumber(text, option, 1, HIGHEST_PORT + 1)}),
	},
	{
		names: ['-r'],
		group: 'Ports and order',
		help: 'Ask ports in ascending order instead of a shuffled one',
		read: () => ({sequential: true}),
	},
	{
		names: ['--seed'],
		group: 'Ports and order',
		argument: 'N',
		help: 'Shuffle in the same way each time',
		read: (text, option) => ({seed: wholeNumber(text, option, 0, Number.MAX_SAFE_INTEGER)}),
	},

	{
		names: ['-sS', '-ss'],
		group: 'Scan type',
		help: 'TCP SYN scan, the default where raw packets are allowed',
		read: (_text, _option, settings) => scanType('syn', settings.scanType),
	},
	{
		names: ['-sT'],
		group: 'Scan type',
		help: 'TCP connect scan, which needs no privilege',
		read: (_text, _option, settings) => scanType('connect', settings.scanType),
	},
	{
		names: ['--privileged'],
		group: 'Scan type',
		help: 'Insist on raw packets',
		read: () => ({privileged: true}),
	},
	{
		names: ['--unprivileged'],
		group: 'Scan type',
		help: 'Do without raw packets',
		read: () => ({privileged: false}),
	},

	{
		names: ['-T', '--timing'],
		group: 'Timing',
		argument: '0-5',
		help: 'Template: 0 (paranoid) to 5 (insane); 3 (normal) is the default',
		read: (text, option) => ({template: template(text, option)}),
	},
	{
		names: ['--max-retries'],
		group: 'Timing',
		argument: 'N',
		help: 'Ask a silent port at most N times again',
		read: (text, option) => ({maxRetries: wholeNumber(text, option, 0, MOST_RETRIES)}),
	},
	{
		names: ['--min-rate'],
		group: 'Timing',
		argument: 'N',
		help: 'Send no slower than N packets per second',
		read: (text, option) => ({minRate: rate(text, option)}),
	},
	{
		names: ['--max-rate'],
		group: 'Timing',
		argument: 'N',
		help: 'Send no faster than N packets per second',
		read: (text, option) => ({maxRate: rate(text, option)}),
	},
	{
		names: ['--rate'],
		group: 'Timing',
		argument: 'N|max',
		help: 'Both at once: N packets per second, or as many as it can',
		read: (text, option) =>
			text === 'max' ? {minRate: Infinity} : {minRate: rate(text, option), maxRate: rate(text, option)},
	},
	{
		names: ['--scan-delay'],
		group: 'Timing',
		argument: 'TIME',
		help: 'Leave at least TIME between two probes to a host',
		read: (text, option) => ({scanDelay: time(text, option, DELAY)}),
	},
	{
		names: ['--max-scan-delay'],
		group: 'Timing',
		argument: 'TIME',
		help: 'Let that gap grow to no more than TIME',
		read: (text, option) => ({maxScanDelay: time(text, option, DELAY)}),
	},
	{
		names: ['--min-parallelism'],
		group: 'Timing',
		argument: 'N',
		help: 'Keep at least N probes on their way',
		read: (text, option) => ({minParallelism: wholeNumber(text, option, 1, Number.MAX_SAFE_INTEGER)}),
	},
	{
		names: ['--max-parallelism', '-M'],
		group: 'Timing',
		argument: 'N',
		help: 'Have at most N probes on their way',
		read: (text, option) => ({maxParallelism: wholeNumber(text, option, 1, Number.MAX_SAFE_INTEGER)}),
	},
	{
		names: ['--min-rtt-timeout'],
		group: 'Timing',
		argument: 'TIME',
		help: 'Wait at least TIME for an answer',
		read: (text, option) => ({minRttTimeout: time(text, option, TIMEOUT)}),
	},
	{
		names: ['--max-rtt-timeout'],
		group: 'Timing',
		argument: 'TIME',
		help: 'Wait at most TIME for an answer',
		read: (text, option) => ({maxRttTimeout: time(text, option, {...TIMEOUT, least: SHORTEST_TIMEOUT})}),
	},
	{
		names: ['--initial-rtt-timeout'],
		group: 'Timing',
		argument: 'TIME',
		help: 'Wait TIME while no answer came yet',
		read: (text, option) => ({initialRttTimeout: time(text, option, {...TIMEOUT, least: SHORTEST_INITIAL})}),
	},
	{
		names: ['--host-timeout'],
		group: 'Timing',
		argument: 'TIME',
		help: 'Report a host after TIME, done or not; 0 for no limit',
		read: (text, option) => ({hostTimeout: time(text, option, HOST_TIMEOUT)}),
	},
	{
		names: ['--min-hostgroup'],
		group: 'Timing',
		argument: 'N',
		help: 'Scan at least N hosts side by side',
		read: (text, option) => ({minHostGroup: wholeNumber(text, option, 1, MOST_HOSTS)}),
	},
	{
		names: ['--max-hostgroup'],
		group: 'Timing',
		argument: 'N',
		help: 'Scan at most N hosts side by side',
		read: (text, option) => ({maxHostGroup: wholeNumber(text, option, 1, MOST_HOSTS)}),
	},
	{
		names: ['--confidence'],
		group: 'Timing',
		argument: 'P',
		help: 'Ask silent ports again until the chance to miss one is 1 - P; 0.999999 if not said',
		read: (text, option) => ({confidence: probability(text, option)}),
	},
	{
		names: ['--defeat-rst-ratelimit'],
		group: 'Timing',
		help: 'Take no RST for a sign of the path: for hosts that limit them',
		read: () => ({ignoreResets: true}),
	},

	{
		names: ['--send'],
		group: 'Packets',
		argument: 'WAY',
		help: 'How probes leave: auto, ip (raw socket), packet (AF_PACKET), connect',
		read: (text, option) => ({send: oneOf(text, option, ['auto', 'ip', 'packet', 'connect'])}),
	},
	{
		names: ['--send-ip'],
		group: 'Packets',
		help: 'The same as --send ip',
		read: () => ({send: 'ip'}),
	},
	{
		names: ['--send-eth'],
		group: 'Packets',
		help: 'The same as --send packet',
		read: () => ({send: 'packet'}),
	},
	{
		names: ['-e'],
		group: 'Packets',
		argument: 'NAME',
		help: 'Send from this network interface',
		read: text => ({device: text}),
	},
	{
		names: ['-g', '--source-port'],
		group: 'Packets',
		argument: 'PORT',
		help: 'Send from this port',
		read: (text, option) => ({sourcePort: wholeNumber(text, option, 1, HIGHEST_PORT)}),
	},
	{
		names: ['--ttl'],
		group: 'Packets',
		argument: 'N',
		help: 'Time to live of probes',
		read: (text, option) => ({ttl: wholeNumber(text, option, 1, 255)}),
	},

	{
		names: ['-oN'],
		group: 'Output',
		argument: 'FILE',
		help: 'Write the report to FILE; - for standard output, with nothing else',
		read: (text, option, {normalFile}) => ({normalFile: once(normalFile, outputFile(text, option), option)}),
	},
	{
		names: ['--append-output'],
		group: 'Output',
		help: 'Append to files instead of replacing them',
		read: () => ({appendOutput: true}),
	},
	{
		names: ['-v', '--verbose'],
		group: 'Output',
		argument: 'LEVEL',
		argumentIsOptional: true,
		help: 'Say more; more of it with -vv or -v2',
		read: (text, option, {verbosity}) => ({verbosity: level(text, option, verbosity)}),
	},
	{
		names: ['-d', '--debug'],
		group: 'Output',
		argument: 'LEVEL',
		argumentIsOptional: true,
		help: 'Explain each decision, and say more; -d2 and -d3 tell every step',
		read: (text, option, {debugging, verbosity}) => ({
			debugging: level(text, option, debugging),
			verbosity: level(text, option, verbosity),
		}),
	},
	{
		names: ['--reason'],
		group: 'Output',
		help: 'Show why each port and host has its state',
		read: () => ({reasons: true}),
	},
	{
		names: ['--open'],
		group: 'Output',
		help: 'Show only open ports, and only hosts that have some',
		read: () => ({onlyOpen: true}),
	},
	{
		names: ['--packet-trace'],
		group: 'Output',
		help: 'Show every packet sent and received; with -d2 and -d3 more of each',
		read: () => ({packetTrace: true}),
	},
	{
		names: ['--stats-every'],
		group: 'Output',
		argument: 'TIME',
		help: 'Say how far the scan is, every TIME',
		read: (text, option) => ({
			statsEvery: time(text, option, {least: micros(MILLISECOND), bareBelow: Infinity}),
		}),
	},

	{
		names: ['--simulate'],
		group: 'Other',
		argument: 'FILE',
		help: 'Scan the network described in FILE, and send nothing; see docs/simulation.md',
		read: (text, option, {simulateFile}) => ({simulateFile: once(simulateFile, text, option)}),
	},
	{names: ['-h', '--help'], group: 'Other', help: 'Show this help', read: () => ({action: 'help'})},
	{names: ['-V', '--version'], group: 'Other', help: 'Show the version', read: () => ({action: 'version'})},
];
