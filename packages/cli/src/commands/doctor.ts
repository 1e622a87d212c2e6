import {parseArgs} from 'node:util';
import {examine, type Finding, formatFindings, readFacts} from '@halfopen/doctor';
import {type Address, parseAddress} from '@halfopen/model';
import {escapeText} from '@halfopen/output';
import {optionError} from '../options/option-error.ts';
import {EXIT_CODE} from '../process/exit-code.ts';
import {wantsColours} from '../terminal/colours.ts';
import type {Command} from './commands.ts';

/** `halfopen doctor [TARGET]`: what prevents scans here, or makes them slow, and the cure. Sends nothing. */
export const doctor: Command = async (words, io) => {
	const {help = false, json = false, target} = readWords(words);
	if (help) {
		await io.stdout.write(HELP);
		return EXIT_CODE.done;
	}

	const findings = examine(await readFacts(target)).map(finding => harmless(finding));
	await io.stdout.write(
		json
			? `${JSON.stringify({formatVersion: 1, findings}, undefined, '\t')}\n`
			: formatFindings(findings, {
					colors: wantsColours(io.stdout, io.environment),
					columns: io.stdout.terminal?.columns() ?? COLUMNS,
				}),
	);
	return findings.some(({severity}) => severity === 'fail') ? EXIT_CODE.failed : EXIT_CODE.done;
};

const HELP = `Usage: halfopen doctor [--json] [TARGET]

Says what prevents scans on this machine or makes them slower than they could be, why, and what to do about it.
With an address as TARGET, for scans of that host. Sends nothing.

  --json      One JSON text
  -h, --help  This text

Exit code 0 when SYN scans are possible, 1 when something prevents them, 2 for a wrong option.
`;

/** Where there is no terminal. */
const COLUMNS = 100;

const OPTIONS = {
	help: {type: 'boolean', short: 'h'},
	json: {type: 'boolean'},
} as const;

interface DoctorWords {
	readonly help?: boolean;
	readonly json?: boolean;
	readonly target?: Address;
}

const readWords = (words: readonly string[]): DoctorWords => {
	const {values, positionals} = parsed(words);
	if (positionals.length > 1) {
		throw optionError(`doctor: expected one target at the most, got ${positionals.length}`);
	}

	const [text] = positionals;
	return {...values, ...(text !== undefined && {target: readTarget(text)})};
};

const parsed = (words: readonly string[]) => {
	try {
		return parseArgs({args: [...words], options: OPTIONS, allowPositionals: true});
	} catch (error) {
		throw optionError(`doctor: ${(error as Error).message.split('. ')[0]}; see halfopen doctor --help`);
	}
};

/** To look up a name, packets would have to be sent. */
const readTarget = (text: string): Address => {
	const address = parseAddress(text);
	if (address === undefined) {
		throw optionError(`doctor: expected an address, got \`${text}\``);
	}

	return address;
};

/** Names of interfaces and messages of the system are not ours. */
const harmless = (finding: Finding): Finding =>
	Object.fromEntries(
		Object.entries(finding).map(([name, text]) => [name, escapeText(text)]),
	) as unknown as Finding;
