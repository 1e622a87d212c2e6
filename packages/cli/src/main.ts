import {ScanError} from '@halfopen/model';
import {escapeText, formatNetworkTables} from '@halfopen/output';
import {readConfig} from './config/read-config.ts';
import {withConfig} from './config/with-config.ts';
import {COMMANDS, isCommand} from './commands/commands.ts';
import {EXIT_CODE, EXIT_CODE_OF_ERROR} from './process/exit-code.ts';
import {helpText} from './options/help-text.ts';
import {refuseIdle} from './options/refuse-idle.ts';
import {BrokenPipe, type CommandIo} from './process/io.ts';
import {type CommandLine, parseCommandLine} from './options/parse-command-line.ts';
import {processIo} from './process/process-io.ts';
import {runScan, type StartScan} from './scan/run-scan.ts';
import {VERSION_LINE} from './version.ts';

/**
 * The command line: does what the words after the program's name say, and resolves with the exit code. What goes
 * wrong is told in one line on standard error. Rejects only for a mistake in halfopen itself.
 */
export const main = async (
	words: readonly string[],
	io: CommandIo = processIo(),
	loadScan: () => Promise<StartScan> = loadScanner,
): Promise<number> => {
	try {
		return await run(words, io, loadScan);
	} catch (error) {
		if (error instanceof BrokenPipe) {
			return EXIT_CODE.failed;
		}

		if (error instanceof ScanError) {
			await io.stderr.write(`halfopen: ${escapeText(error.message)}\n`);
			return EXIT_CODE_OF_ERROR[error.code];
		}

		throw error;
	}
};

const run = async (
	words: readonly string[],
	io: CommandIo,
	loadScan: () => Promise<StartScan>,
): Promise<number> => {
	if (words.length === 0) {
		await io.stdout.write(helpText());
		return EXIT_CODE.usage;
	}

	const [first, ...rest] = words;
	if (isCommand(first)) {
		return (await COMMANDS[first].load())(rest, io);
	}

	const commandLine = await configured(parseCommandLine(words), io);
	const {action} = commandLine.settings;
	if (action === 'scan' || action === 'discover') {
		return runScan(commandLine, io, loadScan);
	}

	if (action === 'list') {
		return runScan(commandLine, io, loadList);
	}

	if (action === 'interfaces') {
		await io.stdout.write(await networkTables());
		return EXIT_CODE.done;
	}

	await io.stdout.write(action === 'help' ? helpText() : `${VERSION_LINE}\n`);
	return EXIT_CODE.done;
};

/** Help and the version depend on nobody's files. */
const configured = async (commandLine: CommandLine, io: CommandIo): Promise<CommandLine> => {
	const {
		typed,
		settings: {action, useConfig, configFile},
	} = commandLine;
	if (action === 'help' || action === 'version') {
		return commandLine;
	}

	const settings = useConfig ? withConfig(typed, await readConfig(configFile, io)) : commandLine.settings;
	refuseIdle(typed, settings);
	return {...commandLine, settings};
};

const networkTables = async (): Promise<string> => {
	const {machineNetwork} = await import('@halfopen/scanner');
	const {interfaces, routes} = await machineNetwork();
	return formatNetworkTables(interfaces, routes);
};

const loadList = async (): Promise<StartScan> => {
	const {listTargets} = await import('@halfopen/scanner');
	return listTargets;
};

/** Not loaded before a scan begins: help and mistakes are told at once, without the addon. */
const loadScanner = async (): Promise<StartScan> => {
	const {scan} = await import('@halfopen/scanner');
	return scan;
};
