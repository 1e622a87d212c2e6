import {execFileSync} from 'node:child_process';
import {setTimeout} from 'node:timers/promises';
import type {Namespace} from './namespace.ts';

/**
 * Resolves when all links that are up take part in IPv6. For up to a second after its carrier came, a link hears no
 * groups (Linux tells of carriers once a second), and nobody on it is found.
 */
export const linksReady = async (namespaces: readonly Namespace[]): Promise<void> => {
	for (const namespace of namespaces) {
		let waiting = unreadyLinks(namespace);
		for (let turn = 0; waiting.length > 0; turn++) {
			if (turn === MOST_TURNS) {
				throw new Error(`${namespace.name}: these links do not take part in IPv6: ${waiting.join(', ')}`);
			}

			await setTimeout(TURN);
			waiting = unreadyLinks(namespace);
		}
	}
};

const TURN = 20; // ms
const MOST_TURNS = 1000;

interface Link {
	readonly ifname: string;
	readonly flags: readonly string[];
	readonly addr_info: readonly {readonly scope: string; readonly tentative?: true}[];
}

/** Links with a carrier that have no link-local address of their own yet, or that have one that may not be used yet. */
const unreadyLinks = ({name}: Namespace): string[] => {
	const args = ['-netns', name, '-json', '-6', 'address', 'show', 'up'];
	const links = JSON.parse(execFileSync('ip', args, {encoding: 'utf8'})) as Partial<Link>[];
	return links.flatMap(({ifname = '', flags = [], addr_info: addresses = []}) => {
		const isReady =
			addresses.some(({scope}) => scope === 'link') && addresses.every(({tentative}) => tentative !== true);
		return isReady || flags.includes('LOOPBACK') || !flags.includes('LOWER_UP') ? [] : [ifname];
	});
};
