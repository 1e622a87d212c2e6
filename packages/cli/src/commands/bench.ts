import {readFile} from 'node:fs/promises';
import {parseArgs} from 'node:util';
import {
	type BenchReport,
	type CaseResult,
	compareReports,
	DEFAULT_DURATION,
	formatHeading,
	formatMeasurement,
	formatResult,
	isWorse,
	MEASUREMENTS,
	parseReport,
	REPORT_VERSION,
	runBench,
	thisMachine,
} from '@halfopen/bench';
import {MILLISECOND, micros, type Micros, MOST_SENDER_THREADS, SECOND} from '@halfopen/model';
import {time, wholeNumber} from '../options/argument.ts';
import {optionError} from '../options/option-error.ts';
import {EXIT_CODE} from '../process/exit-code.ts';
import {fileError} from '../process/file-error.ts';
import type {CommandIo, InterruptSignal} from '../process/io.ts';
import {VERSION} from '../version.ts';
import type {Command} from './commands.ts';

/**
 * `halfopen bench`: a table as it is measured, or `--json` at the end. Fails when something could not be measured, or is
 * worse than in the `--baseline`.
 */
export const bench: Command = async (words, io) => {
	const settings = readWords(words);
	if (settings.help) {
		await io.stdout.write(HELP);
		return EXIT_CODE.done;
	}

	const baseline = settings.baseline === undefined ? undefined : await readBaseline(settings.baseline);
	const {results, interruptedBy} = await measure(settings, baseline, io);
	if (settings.json) {
		await io.stdout.write(`${JSON.stringify(reportOf(settings, results, baseline, io), undefined, '\t')}\n`);
	}

	if (interruptedBy !== undefined) {
		return EXIT_CODE[interruptedBy];
	}

	const isComplete = results.every(({problem}) => problem === undefined);
	return isComplete && !isWorse(baseline?.results ?? [], results) ? EXIT_CODE.done : EXIT_CODE.failed;
};

interface Settings {
	readonly help: boolean;
	readonly json: boolean;
	readonly isNull: boolean;
	readonly only?: readonly string[];
	readonly baseline?: string;
	readonly duration: Micros;
	readonly senderThreads?: readonly number[];
}

const HELP = `Usage: halfopen bench [options]

Measures how fast this machine can scan, between two network namespaces of its own, from which nothing leads out.
Needs root, except for --null.

  --null            Send nothing: only what needs no network and no privilege
  --only NAME,...   Measure only these
  --duration TIME   How long for each row; ${DEFAULT_DURATION / SECOND}s by default
  --sender-threads N,...
                    Send with so many threads, and compare; 1,2 by default
  --json            One JSON text at the end instead of a table
  --baseline FILE   Compare with an earlier --json; exit code 1 when something is worse by more than noise
  -h, --help        This text

${MEASUREMENTS.map(({name, meaning}) => `  ${name.padEnd(16)}  ${meaning}\n`).join('')}`;

const readWords = (words: readonly string[]): Settings => {
	const {only, baseline, duration, 'sender-threads': threads, ...flags} = valuesOf(words);
	return {
		help: flags.help === true,
		json: flags.json === true,
		isNull: flags.null === true,
		...(only !== undefined && {only: only.split(',').filter(name => name !== '')}),
		...(baseline !== undefined && {baseline}),
		duration: duration === undefined ? DEFAULT_DURATION : DURATION.read(duration, '--duration'),
		...(threads !== undefined && {
			senderThreads: threads.split(',').map(count => SENDER_THREADS.read(count, '--sender-threads')),
		}),
	};
};

const OPTIONS = {
	help: {type: 'boolean', short: 'h'},
	json: {type: 'boolean'},
	null: {type: 'boolean'},
	only: {type: 'string'},
	baseline: {type: 'string'},
	duration: {type: 'string'},
	'sender-threads': {type: 'string'},
} as const;

/** A bare number is more likely meant as milliseconds from 600 on. */
const DURATION = time({least: micros(100 * MILLISECOND), bareBelow: 600});

const SENDER_THREADS = wholeNumber(1, MOST_SENDER_THREADS);

const valuesOf = (words: readonly string[]) => {
	try {
		return parseArgs({args: [...words], options: OPTIONS}).values;
	} catch (error) {
		throw optionError(`bench: ${(error as Error).message.split('. ')[0]}; see halfopen bench --help`);
	}
};

const readBaseline = async (file: string): Promise<BenchReport> => {
	let text;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		throw fileError('--baseline', 'read', file, error);
	}

	return parseReport(text, file);
};

interface Measured {
	readonly results: readonly CaseResult[];
	readonly interruptedBy: InterruptSignal | undefined;
}

/** Shows each row when it is there, unless all of it is to be one JSON text. */
const measure = async (
	{json, only, isNull, duration, senderThreads}: Settings,
	baseline: BenchReport | undefined,
	io: CommandIo,
): Promise<Measured> => {
	const results: CaseResult[] = [];
	const interrupt = new AbortController();
	let interruptedBy: InterruptSignal | undefined;
	const ignoreInterrupts = io.onInterrupt(signal => {
		interruptedBy = signal;
		interrupt.abort();
	});
	const show = async (text: string): Promise<void> => {
		if (!json) {
			await io.stdout.write(text);
		}
	};

	try {
		for await (const result of runBench({
			duration,
			isNull,
			signal: interrupt.signal,
			...(only !== undefined && {only}),
			...(senderThreads !== undefined && {senderThreads}),
		})) {
			await show(`${headingOf(result, results.at(-1))}${formatResult(result, baseline?.results)}`);
			results.push(result);
		}
	} finally {
		ignoreInterrupts();
	}

	return {results, interruptedBy};
};

/** The machine stands above the first result, and each measurement above the first of its own. */
const headingOf = (result: CaseResult, previous: CaseResult | undefined): string => {
	const machine = previous === undefined ? formatHeading(thisMachine()) : '';
	return result.measurement === previous?.measurement ? '' : `${machine}${formatMeasurement(result)}`;
};

const reportOf = (
	{duration}: Settings,
	results: readonly CaseResult[],
	baseline: BenchReport | undefined,
	io: CommandIo,
): BenchReport => ({
	format: 'halfopen bench',
	version: REPORT_VERSION,
	halfopen: VERSION,
	date: new Date(io.now()).toISOString(),
	machine: thisMachine(),
	duration: duration / SECOND,
	results,
	...(baseline !== undefined && {compared: compareReports(baseline.results, results)}),
});
