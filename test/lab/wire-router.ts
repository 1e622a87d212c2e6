import type {Namespace} from './namespace.ts';

/**
 * Puts a router between the scanner (10.77.1.1, fd77:1::1) and who is behind it (10.77.2.2, fd77:2::2). The scanner has no
 * route to there yet. Links are called after what they lead to, the second `link`.
 */
export const wireRouter = (scanner: Namespace, router: Namespace, behind: Namespace, link: string): void => {
	scanner.ip(`
		link add router type veth peer name scanner netns ${router.name}
		address add 10.77.1.1/24 dev router
		address add fd77:1::1/64 dev router
		link set router up
	`);
	router.sysctl({'net.ipv4.ip_forward': 1, 'net.ipv6.conf.all.forwarding': 1});
	router.ip(`
		link add ${link} type veth peer name router netns ${behind.name}
		address add 10.77.1.254/24 dev scanner
		address add fd77:1::fe/64 dev scanner
		address add 10.77.2.254/24 dev ${link}
		address add fd77:2::fe/64 dev ${link}
		link set scanner up
		link set ${link} up
	`);
	behind.ip(`
		address add 10.77.2.2/24 dev router
		address add fd77:2::2/64 dev router
		link set router up
		route add default via 10.77.2.254
		route add default via fd77:2::fe
	`);
};
