import type {Lab} from '../lab/index.ts';

/** A second way to `far`: besides the one by `router`, one by `direct`, which no route of the scanner's takes yet. */
export const addSecondWay = ({direct, far}: Lab): void => {
	direct.sysctl({'net.ipv4.ip_forward': 1, 'net.ipv6.conf.all.forwarding': 1});
	direct.ip(`
		link add far type veth peer name direct netns ${far.name}
		address add 10.77.9.254/24 dev far
		address add fd77:9::fe/64 dev far nodad
		link set far up
		route add 10.77.2.0/24 via 10.77.9.2
		route add fd77:2::/64 via fd77:9::2
	`);
	far.ip(`
		address add 10.77.9.2/24 dev direct
		address add fd77:9::2/64 dev direct nodad
		link set direct up
		route add 10.77.3.0/24 via 10.77.9.254
		route add fd77:3::/64 via fd77:9::fe
	`);
};
