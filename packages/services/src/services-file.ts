import {readFile, stat} from 'node:fs/promises';
import path from 'node:path';

/** TCP services of a file in the form of `nmap-services` or /etc/services. Plain data. */
export interface ServiceList {
	/** Ascending, each once. */
	readonly ports: Uint16Array;
	/** The name of each. */
	readonly names: readonly string[];
	/** How often each was found open, 0 to 1; 0 when the file does not say. */
	readonly frequencies: Float64Array;
	/** Lines that are no services, counted from 1. */
	readonly ignored: readonly number[];
}

/**
 * Reads lines of a name, a port with its protocol, perhaps how often the port was found open (`0.25` or `25/100`), and
 * perhaps a comment. What follows the port and is no number is passed over, as the aliases of /etc/services are. Of a
 * port that is listed twice the first line counts.
 */
export const parseServices = (text: string): ServiceList => {
	const services = new Map<number, {readonly name: string; readonly frequency: number}>();
	const ignored: number[] = [];
	for (const [index, line] of text.split('\n').entries()) {
		const service = serviceOf(line);
		if (service === undefined) {
			if (!NOTHING.test(line)) {
				ignored.push(index + 1);
			}
		} else if (service.isTcp && !services.has(service.port)) {
			services.set(service.port, {name: service.name, frequency: frequencyOf(service.rest)});
		}
	}

	const sorted = [...services].sort(([a], [b]) => a - b);
	return {
		ports: Uint16Array.from(sorted, ([port]) => port),
		names: sorted.map(([, {name}]) => name),
		frequencies: Float64Array.from(sorted, ([, {frequency}]) => frequency),
		ignored,
	};
};

/** The name of the first service on a port in such a text, without reading all of it. */
export const nameInServices = (text: string, port: number): string | undefined => {
	const mark = `${port}/`;
	for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) {
		const end = text.indexOf('\n', at);
		const service = serviceOf(text.slice(text.lastIndexOf('\n', at) + 1, end === -1 ? undefined : end));
		if (service?.port === port && service.isTcp) {
			return service.name;
		}
	}

	return undefined;
};

interface Service {
	readonly name: string;
	readonly port: number;
	readonly isTcp: boolean;
	/** The word behind the port. */
	readonly rest: string | undefined;
}

const serviceOf = (line: string): Service | undefined => {
	const [, name, port, protocol, rest] = SERVICE.exec(line) ?? [];
	return name === undefined || Number(port) > 65_535
		? undefined
		: {name, port: Number(port), isTcp: protocol.length === 3 && protocol.toLowerCase() === 'tcp', rest};
};

/** Name, port, protocol, and what follows. Without names for groups, which would take twice the time. */
const SERVICE = /^\s*([^\s#]+)\s+(\d{1,5})\/([a-z][a-z\d-]*)(?:\s+([^\s#]+)|\s*(?:#|$))/i;

/** Nothing but a comment. */
const NOTHING = /^\s*(?:#|$)/;

const FREQUENCY = /^(\d*\.?\d+)(?:\/([1-9]\d*))?$/;

/** 0 when it is none. */
const frequencyOf = (text = ''): number => {
	const [, part, whole = '1'] = FREQUENCY.exec(text) ?? [];
	const frequency = Number(part) / Number(whole);
	return frequency >= 0 && frequency <= 1 ? frequency : 0;
};

/** Where the files of Nmap are, when it is installed. */
export interface ServicesPlaces {
	/** Nowhere else when it is given. */
	readonly folder?: string;
	/** Where programs keep what all users share; by default /usr/local/share and /usr/share. */
	readonly shared?: readonly string[];
	/** Variables such as HOME and NMAPDIR. */
	readonly environment: Readonly<Record<string, string | undefined>>;
}

const SHARED_FOLDERS = ['/usr/local/share', '/usr/share'];

/** The first `nmap-services` in the usual places; undefined when there is none. */
export const findServicesFile = async ({
	folder,
	shared = SHARED_FOLDERS,
	environment: {NMAPDIR, HOME},
}: ServicesPlaces): Promise<string | undefined> => {
	const folders =
		folder === undefined
			? [NMAPDIR, HOME && path.join(HOME, '.nmap'), ...shared.map(each => path.join(each, 'nmap'))]
			: [folder];
	for (const each of folders) {
		const file = path.join(each ?? '', 'nmap-services');
		if (each !== undefined && each !== '' && (await isFile(file))) {
			return file;
		}
	}

	return undefined;
};

/** Reads a file of services. Rejects with the system's error when it cannot be read. */
export const readServicesFile = async (file: string): Promise<ServiceList> =>
	parseServices(await readServicesText(file));

/** What stands in a file of services. Rejects with the system's error when it cannot be read. */
export const readServicesText = async (file: string): Promise<string> => readFile(file, 'latin1');

const isFile = async (file: string): Promise<boolean> => {
	try {
		return (await stat(file)).isFile();
	} catch {
		return false;
	}
};
