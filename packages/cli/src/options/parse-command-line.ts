import {contradictionIn} from './contradictions.ts';
import {optionError} from './option-error.ts';
import {readWords} from './read-words.ts';
import {DEFAULT_SETTINGS, type Settings} from './settings.ts';

/** A command line, read. */
export interface CommandLine {
	readonly settings: Settings;
	/** Of those, only what was said. */
	readonly typed: Partial<Settings>;
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
	let typed: Partial<Settings> = {};
	let settings = DEFAULT_SETTINGS;
	const operands: string[] = [];
	const optionWords: string[] = [];
	for (const word of readWords(words)) {
		if ('operand' in word) {
			operands.push(word.operand);
			continue;
		}

		typed = {...typed, ...word.option.read(word.text, word.option.names[0], settings)};
		settings = {...DEFAULT_SETTINGS, ...typed};
		optionWords.push(...word.words);
		if (settings.action === 'help' || settings.action === 'version') {
			break;
		}
	}

	const contradiction = contradictionIn(settings);
	if (contradiction !== undefined) {
		throw optionError(contradiction);
	}

	return {settings, typed, operands, words: ['halfopen', ...optionWords, ...operands]};
};
