import {formatAddress} from '@halfopen/model';
import type {Facts, InterfaceFacts} from '../facts.ts';
import type {Finding} from '../finding.ts';

/** Whether there is an interface to send from. */
export const checkInterfaces = ({interfaces}: Facts): Finding[] => {
	const usable = interfaces.filter(({isUp, hasAddress, type}) => isUp && hasAddress && type !== 'loopback');
	if (usable.length > 0) {
		return [{subject: 'interfaces', severity: 'ok', seen: usable.map(one => describe(one)).join('; ')}];
	}

	const down = interfaces.find(({isUp, type}) => !isUp && type !== 'loopback');
	return [
		{
			subject: 'interfaces',
			severity: 'fail',
			seen: 'no interface but the loopback is up and has an address',
			why: 'Packets have nowhere to leave.',
			...(down !== undefined && {cure: 'Switch one on:', command: `sudo ip link set ${down.name} up`}),
		},
	];
};

const describe = ({name, type, mtu}: InterfaceFacts): string => `${name} (${type}, MTU ${mtu})`;

/** Whether packets to the target, or to the Internet, have a way. */
export const checkRoute = ({route}: Facts): Finding[] => {
	const {target, problem, device, gateway, isLocal} = route;
	const goal = target === undefined ? 'the Internet' : formatAddress(target);
	if (problem !== undefined) {
		return [
			{
				subject: 'route',
				severity: target === undefined ? 'note' : 'fail',
				seen: `none to ${goal}: ${problem}`,
				why:
					target === undefined
						? 'Only hosts that other routes lead to can be scanned.'
						: 'Packets to it have no way to leave.',
				cure: 'Look at the routes, and add what is missing with `ip route add`:',
				command: 'ip route show table all',
			},
		];
	}

	if (isLocal === true) {
		return [{subject: 'route', severity: 'ok', seen: `${goal} is this machine`}];
	}

	const way = gateway === undefined ? 'on the link' : `by ${formatAddress(gateway)}`;
	return [{subject: 'route', severity: 'ok', seen: `to ${goal} ${way}, through ${device}`}];
};

/** Whether the next hop is known. */
export const checkNeighbour = ({route}: Facts): Finding[] => {
	const {isNeighbourKnown, gateway, target, device} = route;
	const hop = gateway ?? target;
	if (isNeighbourKnown === undefined || hop === undefined) {
		return [];
	}

	const text = formatAddress(hop);
	return [
		isNeighbourKnown
			? {subject: 'next hop', severity: 'ok', seen: `${text} has a known link-layer address`}
			: {
					subject: 'next hop',
					severity: 'note',
					seen: `the link-layer address of ${text} is not known yet`,
					why: 'The first packet makes the kernel ask for it. When nobody answers, nothing arrives anywhere behind it.',
					cure: 'See whether it answers:',
					command: `ping -c 1 ${text} && ip neighbour show ${text} dev ${device}`,
				},
	];
};

/** What the link is, as far as it decides how packets leave. */
export const checkLink = (facts: Facts): Finding[] => {
	const link = linkOf(facts);
	if (link === undefined || facts.route.isLocal === true) {
		return [];
	}

	const findings: Finding[] = [];
	if (!link.isUp || link.hasCarrier === false) {
		findings.push({
			subject: 'link',
			severity: 'fail',
			seen: `${link.name} ${link.isUp ? 'has no carrier' : 'is down'}`,
			why: 'Nothing leaves through it.',
			...(link.isUp
				? {cure: 'Check the cable, or the other end.'}
				: {cure: 'Switch it on:', command: `sudo ip link set ${link.name} up`}),
		});
	}

	if (link.type !== 'ethernet') {
		findings.push({
			subject: 'link',
			severity: 'note',
			seen: `${link.name} is no Ethernet (${link.type})`,
			why: 'Packets leave through a raw IP socket, each on its way through the routing of the kernel: slower than AF_PACKET.',
		});
	}

	if (link.mtu < LEAST_MTU) {
		findings.push({
			subject: 'link',
			severity: 'note',
			seen: `the MTU of ${link.name} is ${link.mtu}`,
			why: `IPv4 asks for ${LEAST_MTU}; probes fit, and answers with long options may not.`,
		});
	}

	return findings.length > 0
		? findings
		: [
				{
					subject: 'link',
					severity: 'ok',
					seen: `${link.name}, ${link.speed === undefined ? '' : `${link.speed} Mbit/s, `}MTU ${link.mtu}`,
				},
			];
};

const LEAST_MTU = 576; // RFC 791 §3.2: what every host must be prepared to accept

/** The interface that packets to the target leave through. */
export const linkOf = ({interfaces, route}: Facts): InterfaceFacts | undefined =>
	interfaces.find(({name}) => name === route.device);
