// What an option is. The tables in `table/` have them all; parsing, help, completion, the manual page and the
// schema of the config file come from those.

import type {Argument} from './argument.ts';
import {optionError} from './option-error.ts';
import type {Settings} from './settings.ts';

export const OPTION_GROUPS = [
	'Targets',
	'Host discovery',
	'Ports and order',
	'Scan type',
	'Timing',
	'Packets',
	'Output',
	'Other',
] as const;

export type OptionGroup = (typeof OPTION_GROUPS)[number];

/** An option: how it is written, what is said about it, and what it does to the settings. */
export interface Option {
	/** All spellings; the first is the one that help shows and errors name. */
	readonly names: readonly [string, ...string[]];
	readonly group: OptionGroup;
	/** None for a switch. */
	readonly argument?: Argument<unknown>;
	/** One line or two, for help and the tables of the documentation. */
	readonly help: string;
	/** What the manual page says besides. */
	readonly details?: string;
	/** It asks for something else than a scan, or is about the config file itself, and has no place in that. */
	readonly isOnlyTyped?: true;
	/** The settings that it changes. `text` is empty for a switch, or when an optional argument is missing. */
	readonly read: (text: string, option: string, settings: Settings) => Partial<Settings>;
}

/** An option as the table of its group has it. */
export type OptionEntry = Omit<Option, 'group'>;

/** An option with an argument, before it is put together: `set` gets the value, checked. */
export interface OptionRow<Value> extends Omit<OptionEntry, 'argument' | 'read'> {
	readonly argument: Argument<Value>;
	readonly set: (value: Value, settings: Settings, option: string) => Partial<Settings>;
}

/** A switch, before it is put together. */
export interface SwitchRow extends Omit<OptionEntry, 'argument' | 'read'> {
	readonly set: Partial<Settings> | ((settings: Settings) => Partial<Settings>);
}

export const option = <Value>({argument, set, ...row}: OptionRow<Value>): OptionEntry => ({
	...row,
	argument,
	read: (text, name, settings) => set(argument.read(text, name), settings, name),
});

export const flag = ({set, ...row}: SwitchRow): OptionEntry => ({
	...row,
	read: (_text, _name, settings) => (typeof set === 'function' ? set(settings) : set),
});

/** For options of which a second one would silently replace the first. */
export const once = (previous: string | undefined, text: string, name: string): string => {
	if (previous !== undefined) {
		throw optionError(`${name}: expected once, got it for \`${previous}\` and \`${text}\``);
	}

	return text;
};

/** The key of an option in a config file: its long name, or its letters when it has none. */
export const configKey = ({names}: Option): string =>
	(names.find(name => name.startsWith('--')) ?? names[0]).replace(/^-+/, '');
