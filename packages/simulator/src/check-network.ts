import {parseAddress, ScanError} from '@halfopen/model';
import {PortBehaviours} from './port-behaviours.ts';
import {readPrefix} from './prefix.ts';
import type {SimulatedHost, SimulatedNetwork} from './simulated-network.ts';

/**
 * A value, such as one read from JSON, as the network that it describes.
 * @throws ScanError `ERR_HALFOPEN_OPTION` that names the first place that is wrong, what it should be and what it is
 */
export const checkNetwork = (value: unknown): SimulatedNetwork => {
	checkShape(value, 'the network');
	const network = value as SimulatedNetwork;
	const addresses = new Set<string>();
	for (const [index, described] of network.hosts.entries()) {
		checkPorts(described, `hosts[${index}].ports`);
		if (addresses.has(described.address)) {
			throw wrong(`hosts[${index}].address`, 'an address of its own', described.address);
		}

		addresses.add(described.address);
	}

	return network;
};

/** Throws when the value at this place is not what it should be. */
type Check = (value: unknown, place: string) => void;

type Fields = {readonly [name: string]: Check};

const wrong = (place: string, expected: string, got: unknown): ScanError =>
	new ScanError(
		'ERR_HALFOPEN_OPTION',
		`Expected ${place} to be ${expected}, got ${got === undefined ? 'nothing' : `\`${textOf(got)}\``}`,
	);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const placeWithin = (place: string, name: string): string =>
	place === 'the network' ? name : `${place}.${name}`;

const isObject = (value: unknown): value is {readonly [name: string]: unknown} =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const object =
	(required: Fields, optional: Fields = {}): Check =>
	(value, place) => {
		if (!isObject(value)) {
			throw wrong(place, 'an object', value);
		}

		const known: Fields = {...required, ...optional};
		const stranger = Object.keys(value).find(name => known[name] === undefined);
		if (stranger !== undefined) {
			throw new ScanError(
				'ERR_HALFOPEN_OPTION',
				`Expected ${place} to have nothing but ${Object.keys(known).join(', ')}, got \`${stranger}\``,
			);
		}

		for (const [name, check] of Object.entries(known)) {
			if (required[name] !== undefined || value[name] !== undefined) {
				check(value[name], placeWithin(place, name));
			}
		}
	};

const listOf =
	(check: Check): Check =>
	(value, place) => {
		if (!Array.isArray(value)) {
			throw wrong(place, 'a list', value);
		}

		for (const [index, item] of value.entries()) {
			check(item, `${place}[${index}]`);
		}
	};

/** A value for which a condition holds. */
const fit =
	(expected: string, isFit: (value: unknown) => boolean): Check =>
	(value, place) => {
		if (!isFit(value)) {
			throw wrong(place, expected, value);
		}
	};

const isNumber = (value: unknown, from: number, to: number): boolean =>
	typeof value === 'number' && value >= from && value <= to;

const wholeNumber = (from: number, to: number): Check =>
	fit(
		to === Infinity ? `a whole number of at least ${from}` : `a whole number from ${from} to ${to}`,
		value => Number.isInteger(value) && isNumber(value, from, to),
	);

const text = fit('a text', value => typeof value === 'string' && value !== '');
const flag = fit('true or false', value => typeof value === 'boolean');
const address = fit('an address', value => typeof value === 'string' && parseAddress(value) !== undefined);
const chance = fit('a chance from 0 to 1', value => isNumber(value, 0, 1));
const duration = fit('a time in microseconds', value => isNumber(value, 0, Number.MAX_SAFE_INTEGER));
const perSecond = fit('a number per second above 0', value => isNumber(value, Number.MIN_VALUE, 1e9));
const byte = wholeNumber(0, 255);
const count = wholeNumber(1, Infinity);

const BEHAVIOURS = ['open', 'closed', 'silent', 'split-handshake'];

const rejection = object({type: byte, code: byte}, {from: address});

const behaviour: Check = (value, place) => {
	if (isObject(value)) {
		rejection(value, place);
	} else if (typeof value !== 'string' || !BEHAVIOURS.includes(value)) {
		throw wrong(place, `one of ${BEHAVIOURS.join(', ')}, or an ICMP error with type and code`, value);
	}
};

const ports: Check = (value, place) => {
	if (!isObject(value)) {
		throw wrong(place, 'an object of port ranges', value);
	}

	for (const [ranges, each] of Object.entries(value)) {
		behaviour(each, `${place}[${JSON.stringify(ranges)}]`);
	}
};

const link = object(
	{},
	{
		delay: duration,
		jitter: duration,
		loss: object({}, {out: chance, back: chance}),
		bursts: object({begin: chance, end: chance}),
		duplicate: chance,
		reorder: chance,
	},
);

const bottleneck = object({packetsPerSecond: perSecond, queue: count});
const limit = object({perSecond}, {burst: count});

const ping: Check = (value, place) => {
	if (isObject(value)) {
		rejection(value, place);
	} else if (value !== 'answer' && value !== 'silent') {
		throw wrong(place, 'one of answer, silent, or an ICMP error with type and code', value);
	}
};

const pings = object(
	{},
	{
		echo: ping,
		timestamp: ping,
		addressMask: ping,
		ack: ping,
		udp: ping,
		protocol: ping,
		neighbour: ping,
	},
);

const router = object({}, {address, givesUpAfter: duration, limit, resets: flag, ttl: byte});

const prefix = fit('a prefix as in 10.0.0.0/22', value => typeof value === 'string' && isPrefix(value));

const isPrefix = (value: string): boolean => {
	try {
		readPrefix(value);
		return true;
	} catch {
		return false;
	}
};

const host = object(
	{address},
	{
		ports,
		otherPorts: behaviour,
		link,
		bottleneck,
		rstLimit: limit,
		icmpLimit: limit,
		synLimit: limit,
		ttl: byte,
		pings,
		path: object({}, {resolvingFor: duration, unreachable: text, local: flag, mac: text}),
	},
);

const checkShape = object(
	{seed: wholeNumber(0, 2 ** 32 - 1), hosts: listOf(host)},
	{
		link,
		bottleneck,
		interfaceRate: perSecond,
		sources: object({}, {ipv4: address, ipv6: address}),
		neighbours: listOf(prefix),
		router,
	},
);

const checkPorts = (described: SimulatedHost, place: string): void => {
	try {
		new PortBehaviours(described).of(0);
	} catch (error) {
		if (error instanceof RangeError) {
			throw new ScanError('ERR_HALFOPEN_OPTION', `${error.message} in ${place}`, {cause: error});
		}

		throw error;
	}
};
