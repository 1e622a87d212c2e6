import {optionError} from '../options/option-error.ts';
import type {Command} from './commands.ts';

export const doctor: Command = async () => {
	throw optionError('halfopen doctor is not available in this version');
};
