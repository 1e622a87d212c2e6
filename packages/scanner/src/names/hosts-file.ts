import {readFile} from 'node:fs/promises';
import {type AddressKey, parseAddress} from '@halfopen/model';

/** The first name of each address in the system's hosts file; none when there is no such file. */
export const readHostsFile = async (file = '/etc/hosts'): Promise<ReadonlyMap<AddressKey, string>> => {
	try {
		return parseHosts(await readFile(file, 'utf8'));
	} catch {
		return new Map();
	}
};

/** Lines of an address and its names, with `#` for comments. */
export const parseHosts = (text: string): ReadonlyMap<AddressKey, string> => {
	const names = new Map<AddressKey, string>();
	for (const line of text.split('\n')) {
		const [host, name] = line.replace(/#.*/, '').trim().split(/\s+/);
		const address = parseAddress(host);
		if (address !== undefined && name !== undefined && !names.has(address.value)) {
			names.set(address.value, name);
		}
	}

	return names;
};
