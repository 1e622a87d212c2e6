import {optionError} from '../option-error.ts';
import {flag, type OptionEntry} from '../option.ts';
import type {Settings} from '../settings.ts';

const scanType =
	(type: 'syn' | 'connect') =>
	({scanType: previous}: Settings): Partial<Settings> => {
		if (previous !== undefined && previous !== type) {
			throw optionError('-sS and -sT: expected one scan type, got both');
		}

		return {scanType: type};
	};

export const SCAN_TYPE: readonly OptionEntry[] = [
	flag({
		names: ['-sS', '-ss'],
		help: 'TCP SYN scan, the default where raw packets are allowed',
		set: scanType('syn'),
	}),
	flag({
		names: ['-sT'],
		help: 'TCP connect scan, which needs no privilege',
		set: scanType('connect'),
	}),
	flag({names: ['--privileged'], help: 'Insist on raw packets', set: {privileged: true}}),
	flag({names: ['--unprivileged'], help: 'Do without raw packets', set: {privileged: false}}),
];
