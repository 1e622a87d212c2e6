import {inputFile} from '../argument.ts';
import {flag, once, option, type OptionEntry} from '../option.ts';

export const OTHER: readonly OptionEntry[] = [
	option({
		names: ['--config'],
		argument: inputFile,
		help: 'Take options from FILE instead of ~/.config/halfopen/config.json',
		isOnlyTyped: true,
		set: (file, settings, name) => ({configFile: once(settings.configFile, file, name)}),
	}),
	flag({
		names: ['--no-config'],
		help: 'Take no options from a file',
		isOnlyTyped: true,
		set: {useConfig: false},
	}),
	option({
		names: ['--simulate'],
		argument: inputFile,
		help: 'Scan the network described in FILE, and send nothing; see docs/simulation.md',
		set: (file, settings, name) => ({simulateFile: once(settings.simulateFile, file, name)}),
	}),
	flag({
		names: ['--iflist'],
		help: 'Show network interfaces and routes',
		isOnlyTyped: true,
		set: {action: 'interfaces'},
	}),
	flag({names: ['-h', '--help'], help: 'Show this help', isOnlyTyped: true, set: {action: 'help'}}),
	flag({names: ['-V', '--version'], help: 'Show the version', isOnlyTyped: true, set: {action: 'version'}}),
];
