import {optionError} from '../options/option-error.ts';
import type {Command} from './commands.ts';

export const bench: Command = async () => {
	throw optionError('halfopen bench is not available in this version');
};
