import type {Facts} from '../facts.ts';
import type {Finding} from '../finding.ts';

/** What the sender asks the kernel for: see native/src/io/linux/send_buffer.h. */
const SEND_BUFFER = 4 << 20;
const CAP_NET_ADMIN = 12n;

/** How much the kernel keeps for sockets and interfaces. */
export const checkBuffers = ({sysctl, process}: Facts): Finding[] => {
	const mayExceed = ((process.capabilities ?? 0n) >> CAP_NET_ADMIN) % 2n === 1n;
	const sendMost = numberOf(sysctl['net.core.wmem_max']);
	if (sendMost === undefined) {
		return [];
	}

	const receiveMost = sysctl['net.core.rmem_max'];
	return mayExceed || sendMost >= SEND_BUFFER
		? [
				{
					subject: 'buffers',
					severity: 'ok',
					seen: `${mayExceed ? 'as large as wanted (CAP_NET_ADMIN)' : `${sendMost} bytes for sending`}; captured answers have memory of their own, whatever net.core.rmem_max is${receiveMost === undefined ? '' : ` (${receiveMost})`}`,
				},
			]
		: [
				{
					subject: 'buffers',
					severity: 'slow',
					seen: `a socket may hold ${sendMost} bytes of packets to be sent (net.core.wmem_max)`,
					why: 'The sender waits more often when few packets fit.',
					cure: 'Allow more:',
					command: `sudo sysctl -w net.core.wmem_max=${SEND_BUFFER}`,
				},
			];
};

/** How many neighbours the kernel remembers: a scan of a large link needs one for each host. */
export const checkNeighbourTable = ({sysctl, route}: Facts): Finding[] => {
	const most = numberOf(sysctl['net.ipv4.neigh.default.gc_thresh3']);
	const isOnLink = route.target !== undefined && route.gateway === undefined && route.isLocal === false;
	return most !== undefined && isOnLink && most < LARGE_LINK
		? [
				{
					subject: 'neighbours',
					severity: 'note',
					seen: `the kernel remembers ${most} hosts on its links (gc_thresh3)`,
					why: 'Scans of more hosts than that on one link push one another out of the table.',
					cure: 'Allow more, for a scan of a whole /16 on the link:',
					command: `sudo sysctl -w net.ipv4.neigh.default.gc_thresh3=${LARGE_LINK}`,
				},
			]
		: [];
};

const LARGE_LINK = 131_072;

/** A whole number from /proc. */
export const numberOf = (text: string | undefined): number | undefined =>
	text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
