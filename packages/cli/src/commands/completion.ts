import {optionError} from '../options/option-error.ts';
import type {Command} from './commands.ts';

export const completion: Command = async () => {
	throw optionError('halfopen completion is not available in this version');
};
