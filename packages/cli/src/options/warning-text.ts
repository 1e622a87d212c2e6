import type {Settings} from './settings.ts';
import {typedName} from './typed-name.ts';

/** A warning of the library, with its options called as they were typed. */
export const warningText = (message: string, settings: Settings): string =>
	message.replace(/^`(\w+)`/, (quoted, name: string) => typedName(name, settings) ?? quoted);
