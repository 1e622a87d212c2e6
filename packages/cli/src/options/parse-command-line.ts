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
		if (settings.action === 'help' || settings.action === 'version') {
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

	for (const {low, high, names, unit = 1} of PAIRS) {
		const [least, most] = [settings[low], settings[high]];
		if (least !== undefined && most !== undefined && least > most) {
			const shown = [least, most].map(value => `\`${value / unit}${unit === 1 ? '' : 'ms'}\``);
			throw optionError(
				`${names.join(' and ')}: expected the first not above the second, got ${shown.join(' and ')}`,
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
		({action, ports, fast}) => action === 'list' && (ports !== undefined || fast),
		'-sL and ports: expected one of them, got both; a list of targets asks no ports',
	],
	[
		({pairsFile, ports, fast, topPorts, portRatio}) =>
			pairsFile !== undefined &&
			(ports !== undefined || fast || topPorts !== undefined || portRatio !== undefined),
		'--pairs and other ports: expected one of them, got both; each pair has its port',
	],
	[
		({topPorts, portRatio}) => topPorts !== undefined && portRatio !== undefined,
		'--top-ports and --port-ratio: expected one of them, got both',
	],
	[
		({shard, order}) => shard !== undefined && order === 'host',
		'--shard and --order host: expected one of them, got both; parts are of a scan in random order',
	],
	[
		({shard, seed}) => shard !== undefined && seed === undefined,
		'--shard: expected --seed too, got none; the parts are those of one shuffle',
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

/** Settings of which the first may not be above the second. */
interface Pair {
	readonly low: PairedSetting;
	readonly high: PairedSetting;
	readonly names: readonly [string, string];
	/** What errors show of it: times are in microseconds. */
	readonly unit?: number;
}

type PairedSetting = {
	[Key in keyof Settings]-?: Settings[Key] extends number | undefined ? Key : never;
}[keyof Settings];

const PAIRS: readonly Pair[] = [
	{low: 'minRate', high: 'maxRate', names: ['--min-rate', '--max-rate']},
	{low: 'minParallelism', high: 'maxParallelism', names: ['--min-parallelism', '--max-parallelism']},
	{low: 'minHostGroup', high: 'maxHostGroup', names: ['--min-hostgroup', '--max-hostgroup']},
	{
		low: 'minRttTimeout',
		high: 'maxRttTimeout',
		names: ['--min-rtt-timeout', '--max-rtt-timeout'],
		unit: MILLISECOND,
	},
	{low: 'scanDelay', high: 'maxScanDelay', names: ['--scan-delay', '--max-scan-delay'], unit: MILLISECOND},
];
