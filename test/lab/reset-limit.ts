import {execFileSync} from 'node:child_process';
import type {Namespace} from './namespace.ts';

/**
 * Has each address of the namespace send at most so many RSTs per second, after `burst` at once, as
 * kernels that protect themselves do. IPv4 only.
 */
export const limitResets = (namespace: Namespace, perSecond: number, burst: number): void => {
	execFileSync('ip', ['netns', 'exec', namespace.name, 'nft', '-f', '-'], {
		input: formatLimit(perSecond, burst),
	});
};

/** The commands for `nft -f` that set the limit anew. */
export const formatLimit = (perSecond: number, burst: number): string => `table ip resets
delete table ip resets
table ip resets {
	set senders {
		type ipv4_addr
		size 65536
		flags dynamic
	}
	chain output {
		type filter hook output priority filter
		tcp flags & rst == rst update @senders { ip saddr limit rate over ${perSecond}/second burst ${burst} packets } drop
	}
}
`;

/** Lifts the limit. */
export const liftResetLimit = (namespace: Namespace): void => {
	execFileSync('ip', ['netns', 'exec', namespace.name, 'nft', '-f', '-'], {
		input: 'table ip resets\ndelete table ip resets\n',
	});
};
