import type {ScanErrorCode} from '@halfopen/model';

/** How the process ends. */
export const EXIT_CODE = {
	done: 0,
	/** Something that was asked for is not possible here or failed on the way. */
	failed: 1,
	/** The command line is wrong. */
	usage: 2,
	SIGINT: 130,
	SIGTERM: 143,
} as const;

/** Which end each error is. */
export const EXIT_CODE_OF_ERROR: Readonly<Record<ScanErrorCode, number>> = {
	ERR_HALFOPEN_OPTION: EXIT_CODE.usage,
	ERR_HALFOPEN_PORT: EXIT_CODE.usage,
	ERR_HALFOPEN_TARGET: EXIT_CODE.usage,
	ERR_HALFOPEN_NAME: EXIT_CODE.usage,
	ERR_HALFOPEN_PERMISSION: EXIT_CODE.failed,
	ERR_HALFOPEN_INTERFACE: EXIT_CODE.failed,
	ERR_HALFOPEN_SYSTEM: EXIT_CODE.failed,
};

/** What the documentation says of each. */
export const EXIT_CODE_MEANINGS: readonly (readonly [code: number, meaning: string])[] = [
	[EXIT_CODE.done, 'the scan ran to its end, whatever it found; `diff` found no difference'],
	[
		EXIT_CODE.failed,
		'something that was asked for is not possible here, or failed on the way; `diff` found differences',
	],
	[EXIT_CODE.usage, 'the command line or the config file is wrong; nothing was sent'],
	[EXIT_CODE.SIGINT, 'ended by SIGINT, with a report of what was known'],
	[EXIT_CODE.SIGTERM, 'ended by SIGTERM, with a report of what was known'],
];
