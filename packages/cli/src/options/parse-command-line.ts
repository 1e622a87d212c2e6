import {MILLISECOND} from '@halfopen/model';
import {optionError} from './option-error.ts';
import {readWords} from './read-words.ts';
import {DEFAULT_SETTINGS, type Settings} from './settings.ts';

/** A command line, read. */
export interface CommandLine {
	readonly settings: Settings;
	/** Target specifications. */
	readonly operands: readonly string[];
	/** The command line as reports quote it: options first, operands last. */
	readonly words: readonly string[];
}

/**
 * Reads the words after the program's name. `--help` and `--version` end the reading: what follows is not looked at.
 * @throws ScanError `ERR_HALFOPEN_OPTION`
 */
export const parseCommandLine = (words: readonly string[]): CommandLine => {
	let settings = DEFAULT_SETTINGS;
	const operands: string[] = [];
	const optionWords: string[] = [];
	for (const word of readWords(words)) {
		if ('operand' in word) {
			operands.push(word.operand);
			continue;
		}

		settings = {...settings, ...word.option.read(word.text, word.option.names[0], settings)};
		optionWords.push(...word.words);
		if (settings.action !== 'scan') {
			break;
		}
	}

	refuseContradictions(settings);
	return {settings, operands, words: ['halfopen', ...optionWords, ...operands]};
};

const refuseContradictions = (settings: Settings): void => {
	for (const [contradicts, message] of CONTRADICTIONS) {
		if (contradicts(settings)) {
			throw optionError(message);
		}
	}

	for (const {low, high, unit} of PAIRS) {
		const [least, most] = [settings[low], settings[high]];
		if (least !== undefined && most !== undefined && least > most) {
			const shown = (value: number): string => (unit === 'ms' ? `${value / MILLISECOND}ms` : String(value));
			throw optionError(
				`${optionOf(low)} and ${optionOf(high)}: expected the first not above the second, got \`${shown(least)}\` and \`${shown(most)}\``,
			);
		}
	}
};

const CONTRADICTIONS: readonly (readonly [(settings: Settings) => boolean, string])[] = [
	[
		({fast, ports}) => fast && ports !== undefined,
		'-F and -p: expected one of them, got both; --top-ports 100 with -p takes the most popular of those',
	],
	[
		({scanType, privileged}) => scanType === 'syn' && privileged === false,
		'-sS and --unprivileged: expected one of them, got both; a SYN scan needs raw packets',
	],
	[
		({scanType, send}) => scanType === 'syn' && send === 'connect',
		'-sS and --send connect: expected one of them, got both',
	],
	[
		({scanType, privileged, send}) =>
			(scanType === 'connect' || privileged === false) && (send === 'ip' || send === 'packet'),
		'-sT or --unprivileged and --send: expected auto or connect, got a way that needs raw packets',
	],
	[
		({scanType, privileged, send, simulateFile}) =>
			simulateFile !== undefined && (scanType === 'connect' || privileged === false || send === 'connect'),
		'--simulate and a connect scan: expected one of them, got both; a simulated network takes SYNs',
	],
];

const PAIRS = [
	{low: 'minRate', high: 'maxRate', unit: '1/s'},
	{low: 'minParallelism', high: 'maxParallelism', unit: ''},
	{low: 'minRttTimeout', high: 'maxRttTimeout', unit: 'ms'},
	{low: 'scanDelay', high: 'maxScanDelay', unit: 'ms'},
] as const;

/** `--min-rate` for `minRate`. */
const optionOf = (setting: string): string =>
	`--${setting.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
