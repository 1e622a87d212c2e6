import {execFileSync} from 'node:child_process';
import type {Namespace} from './namespace.ts';

/** Notes every address that a SYN comes for, or that ARP asks for, in a namespace. Asked again, it begins anew. */
export const noteAskedAddresses = (namespace: Namespace): void => {
	nft(namespace, ['-f', '-'], RULES);
};

/** The addresses so far, in the order of their text. */
export const askedAddresses = (namespace: Namespace): {syn: readonly string[]; arp: readonly string[]} => ({
	syn: elementsOf(namespace, 'ip'),
	arp: elementsOf(namespace, 'arp'),
});

const elementsOf = (namespace: Namespace, family: string): readonly string[] => {
	const {nftables} = JSON.parse(nft(namespace, ['-j', 'list', 'set', family, 'asked', 'addresses'])) as {
		nftables: readonly {readonly set?: {readonly elem?: readonly string[]}}[];
	};
	return nftables.flatMap(({set}) => set?.elem ?? []).sort();
};

const nft = (namespace: Namespace, args: readonly string[], input = ''): string =>
	execFileSync('ip', ['netns', 'exec', namespace.name, 'nft', ...args], {input, encoding: 'utf8'});

const SET = `set addresses {
		type ipv4_addr
		size 65536
		flags dynamic
	}`;

const RULES = `table ip asked
delete table ip asked
table arp asked
delete table arp asked
table ip asked {
	${SET}
	chain prerouting {
		type filter hook prerouting priority raw
		tcp flags & (syn | ack) == syn add @addresses { ip daddr }
	}
}
table arp asked {
	${SET}
	chain input {
		type filter hook input priority 0
		arp operation request add @addresses { arp daddr ip }
	}
}
`;
