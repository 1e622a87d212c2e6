import type {Facts} from '../facts.ts';
import type {Finding} from '../finding.ts';

// capabilities(7)
const CAP_NET_ADMIN = 12n;
const CAP_NET_RAW = 13n;

/** Whether this process may send raw packets, and make the kernel look for neighbours. */
export const checkPrivileges = ({process}: Facts): Finding[] => {
	const {capabilities, uid} = process;
	if (capabilities === undefined) {
		return [];
	}

	const who = uid === undefined ? 'this process' : uid === 0 ? 'root' : `user ${uid}`;
	if (!has(capabilities, CAP_NET_RAW)) {
		return [
			{
				subject: 'privileges',
				severity: 'fail',
				seen: `${who} without CAP_NET_RAW`,
				why: 'A SYN scan sends raw packets. Without the capability only connect scans are possible, which are slower and seen by the servers.',
				cure: 'Run as root, or give the capability to a copy of Node that only you may run:',
				command: `sudo install -m 0700 -o "$(id -u)" "${process.node}" /usr/local/bin/node-raw && sudo setcap cap_net_raw,cap_net_admin+ep /usr/local/bin/node-raw`,
			},
		];
	}

	return [
		has(capabilities, CAP_NET_ADMIN)
			? {subject: 'privileges', severity: 'ok', seen: `${who} with CAP_NET_RAW and CAP_NET_ADMIN`}
			: {
					subject: 'privileges',
					severity: 'slow',
					seen: `${who} with CAP_NET_RAW but without CAP_NET_ADMIN`,
					why: 'Hosts on the link that the kernel does not know yet are reached by the slower raw IP socket, and buffers stay as small as net.core.wmem_max has them.',
					cure: 'Give Node the other capability too:',
					command: `sudo setcap cap_net_raw,cap_net_admin+ep "${process.node}"`,
				},
	];
};

const has = (capabilities: bigint, bit: bigint): boolean => ((capabilities >> bit) & 1n) === 1n;

/** Whether someone without privileges may try scans in a namespace of their own. */
export const checkNamespaces = ({process, sysctl}: Facts): Finding[] => {
	if (process.uid === 0) {
		return [];
	}

	const refusal = NAMESPACE_REFUSALS.find(({name, value}) => sysctl[name] === value);
	return [
		refusal === undefined
			? {
					subject: 'namespaces',
					severity: 'note',
					seen: 'user namespaces are allowed without privileges',
					why: '`unshare -rn` gives you raw packets in a network of your own, for trying things out; no other network is reached from there.',
				}
			: {
					subject: 'namespaces',
					severity: 'note',
					seen: `user namespaces are not allowed without privileges (${refusal.name} is ${refusal.value})`,
				},
	];
};

const NAMESPACE_REFUSALS = [
	{name: 'user.max_user_namespaces', value: '0'},
	{name: 'kernel.unprivileged_userns_clone', value: '0'},
	{name: 'kernel.apparmor_restrict_unprivileged_userns', value: '1'},
] as const;
