import {optionError} from '../options/option-error.ts';
import type {Command} from './commands.ts';

export const diff: Command = async () => {
	throw optionError('halfopen diff is not available in this version');
};
