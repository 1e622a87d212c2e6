import {serviceBookOf, type ServiceBook} from './service-book.ts';
import {nameInServices, parseServices, readServicesText, type ServiceList} from './services-file.ts';
import {lazy} from './table.ts';

/** The services of a file, which is parsed when more is asked than the names of a few ports. */
export interface UnreadServices {
	readonly list: ServiceList;
	readonly book: ServiceBook;
}

/**
 * Opens a file of services: parsing that of Nmap takes as long as starting Node does, and most scans want no more than
 * the names of the ports that are open. Rejects with the system's error when it cannot be read.
 */
export const openServicesFile = async (file: string): Promise<UnreadServices> =>
	unreadServices(await readServicesText(file));

/** The services in a text of the form that `parseServices` reads. */
export const unreadServices = (text: string): UnreadServices => {
	const parsed = lazy(() => parseServices(text));
	const list: ServiceList = {
		get ports() {
			return parsed().ports;
		},
		get names() {
			return parsed().names;
		},
		get frequencies() {
			return parsed().frequencies;
		},
		get ignored() {
			return parsed().ignored;
		},
	};
	const book = serviceBookOf(list);
	const serviceName = nameSearch(text, port => book.serviceName(port));
	return {
		list,
		book: {
			serviceName,
			isListed: port => serviceName(port) !== undefined,
			portsNamed: pattern => book.portsNamed(pattern),
			topPorts: (count, within) => book.topPorts(count, within),
			portsAtRatio: (ratio, within) => book.portsAtRatio(ratio, within),
		},
	};
};

/** Searching for so many ports takes as long as parsing. */
const MOST_SEARCHES = 64;

/** Searches the text for each port that it is asked for, until that were too many. */
const nameSearch = (
	text: string,
	inList: (port: number) => string | undefined,
): ((port: number) => string | undefined) => {
	const found = new Map<number, string | undefined>();
	return port => {
		if (found.has(port)) {
			return found.get(port);
		}

		if (found.size === MOST_SEARCHES) {
			return inList(port);
		}

		const name = nameInServices(text, port);
		found.set(port, name);
		return name;
	};
};
