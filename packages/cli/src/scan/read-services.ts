import {findServicesFile, openServicesFile, type ServiceBook, type ServiceList} from '@halfopen/services';
import {optionError} from '../options/option-error.ts';
import type {Settings} from '../options/settings.ts';
import {fileError} from '../process/file-error.ts';
import type {CommandIo} from '../process/io.ts';

/** Names and ranking of ports that are not our own. */
export interface FoundServices {
	/** The file that they are from. */
	readonly file: string;
	/** For the scan. */
	readonly list: ServiceList;
	/** For reports. */
	readonly services: ServiceBook;
}

/**
 * Reads the file of services that the settings name, or the first `nmap-services` in the usual places; `undefined` where
 * there is none.
 * @throws ScanError `ERR_HALFOPEN_OPTION` when one that is named cannot be read, or does not say what is asked of it
 */
export const readServices = async (settings: Settings, io: CommandIo): Promise<FoundServices | undefined> => {
	const {dataFolder, servicesFile, portRatio} = settings;
	const file = servicesFile ?? (await usualFile(settings, io));
	if (file === undefined && dataFolder !== undefined) {
		throw optionError(`--datadir: expected a folder with \`nmap-services\`, got \`${dataFolder}\``);
	}

	const found = file === undefined ? undefined : await read(file, settings);
	if (portRatio !== undefined && found?.services.portsAtRatio(portRatio) === undefined) {
		throw optionError(
			`--port-ratio: expected a file that says how often ports are open, got ${file === undefined ? 'none; --datadir names the folder of an `nmap-services`' : `\`${file}\``}`,
		);
	}

	return found;
};

const usualFile = async (
	{dataFolder, useServices}: Settings,
	{environment, sharedFolders}: CommandIo,
): Promise<string | undefined> =>
	useServices
		? findServicesFile({
				environment,
				shared: sharedFolders,
				...(dataFolder !== undefined && {folder: dataFolder}),
			})
		: undefined;

const read = async (file: string, {servicesFile}: Settings): Promise<FoundServices> => {
	try {
		const {list, book} = await openServicesFile(file);
		return {file, list, services: book};
	} catch (error) {
		throw fileError(servicesFile === undefined ? '--datadir' : '--servicedb', 'read', file, error);
	}
};
