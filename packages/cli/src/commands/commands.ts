import type {Completion} from '../options/argument.ts';
import type {CommandIo} from '../process/io.ts';

/** What a word in the first place does instead of a scan. Gets the words behind it; resolves with the exit code. */
export type Command = (words: readonly string[], io: CommandIo) => Promise<number>;

/** A command under its name: what help says about it, and how it is loaded when it is asked for. */
export interface CommandEntry {
	readonly usage: string;
	readonly help: string;
	/** Its options, for completion, and what the words besides them are. */
	readonly options: readonly string[];
	readonly completes: Completion;
	readonly load: () => Promise<Command>;
}

export type CommandName = 'bench' | 'diff' | 'doctor' | 'completion';

export const COMMANDS: Readonly<Record<CommandName, CommandEntry>> = {
	diff: {
		usage: 'diff A B',
		help: 'What changed between two results',
		options: ['--json', '--help'],
		completes: 'file',
		load: async () => (await import('./diff.ts')).diff,
	},
	doctor: {
		usage: 'doctor [TARGET]',
		help: 'Why a scan is not possible or slow here, and what helps',
		options: ['--json', '--help'],
		completes: 'nothing',
		load: async () => (await import('./doctor.ts')).doctor,
	},
	bench: {
		usage: 'bench',
		help: 'How fast this machine can scan, measured off the network',
		options: ['--null', '--only', '--duration', '--sender-threads', '--json', '--baseline', '--help'],
		completes: 'nothing',
		load: async () => (await import('./bench.ts')).bench,
	},
	completion: {
		usage: 'completion SHELL',
		help: 'Completion for bash, zsh or fish, to be sourced',
		options: [],
		completes: ['bash', 'zsh', 'fish'],
		load: async () => (await import('./completion.ts')).completion,
	},
};

/** Whether a first word is a command. A host of that name is scanned when it does not stand first, or as `NAME.`. */
export const isCommand = (word: string): word is CommandName => Object.hasOwn(COMMANDS, word);
