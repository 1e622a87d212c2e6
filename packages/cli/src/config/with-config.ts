import {contradictionIn} from '../options/contradictions.ts';
import {optionError} from '../options/option-error.ts';
import {DEFAULT_SETTINGS, type Settings} from '../options/settings.ts';
import type {ConfigEntry} from './read-config.ts';

/**
 * The settings of a command line with those of a config file behind them: what the command line said (`typed`) stays,
 * and what contradicts that does not count. Only exclusions add up: nobody is to be asked by mistake.
 * @throws ScanError `ERR_HALFOPEN_OPTION` when an entry is wrong, or when entries contradict each other
 */
export const withConfig = (typed: Partial<Settings>, entries: readonly ConfigEntry[]): Settings => {
	const patches = patchesOf(entries);
	const configured = combined(patches);
	refuseContradiction(configured, entries);
	const all = {...configured, ...typed};
	const settings = contradictionIn(all) === undefined ? all : withoutContradictions(typed, patches);
	return {...settings, exclude: [...configured.exclude, ...(typed.exclude ?? [])]};
};

/** What each entry changes. */
const patchesOf = (entries: readonly ConfigEntry[]): Partial<Settings>[] => {
	let settings = DEFAULT_SETTINGS;
	return entries.map(({option, text, place}) => {
		const patch = option.read(text, place, settings);
		settings = {...settings, ...patch};
		return patch;
	});
};

const combined = (patches: readonly Partial<Settings>[]): Settings =>
	Object.assign({}, DEFAULT_SETTINGS, ...patches) as Settings;

const refuseContradiction = (settings: Settings, [first]: readonly ConfigEntry[]): void => {
	const contradiction = contradictionIn(settings);
	if (contradiction !== undefined && first !== undefined) {
		throw optionError(`${first.file}: ${contradiction}`);
	}
};

/** One entry after the other, as far as they fit what was typed. */
const withoutContradictions = (typed: Partial<Settings>, patches: readonly Partial<Settings>[]): Settings => {
	let settings: Settings = {...DEFAULT_SETTINGS, ...typed};
	for (const patch of patches) {
		const changed = {...settings, ...patch, ...typed};
		if (contradictionIn(changed) === undefined) {
			settings = changed;
		}
	}

	return settings;
};
