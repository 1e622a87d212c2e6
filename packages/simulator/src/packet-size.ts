import {REPLY_KIND, type AddressFamily, type Reply} from '@halfopen/model';

const IP_HEADER: Record<AddressFamily, number> = {4: 20, 6: 40};
const PROBE_TCP = 24; // With one option, the maximum segment size
const ICMP_HEADER = 8;

/** Bytes of a probe from its IP header on. */
export const probeBytes = (family: AddressFamily): number => IP_HEADER[family] + PROBE_TCP;

/** Bytes of a reply from its IP header on; an ICMP error quotes the whole probe. */
export const replyBytes = ({family, kind}: Reply): number => {
	switch (kind) {
		case REPLY_KIND.reset: {
			return IP_HEADER[family] + 20;
		}

		case REPLY_KIND.icmpError:
		case REPLY_KIND.icmpv6Error: {
			return IP_HEADER[family] + ICMP_HEADER + probeBytes(family);
		}

		default: {
			return IP_HEADER[family] + PROBE_TCP;
		}
	}
};
