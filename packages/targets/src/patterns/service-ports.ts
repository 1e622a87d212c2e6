import {type IdentifierRange, only} from './identifier-range.ts';

/**
 * The port of a service, in decimal digits or in hexadecimal, alone or with a 1 before or behind
 * (RFC 7707 §3.1.4 has them with a counter).
 */
export const servicePorts = (): IdentifierRange[] => {
	const groups = new Set(PORTS.flatMap(port => [BigInt(`0x${port}`), BigInt(port)]));
	return [...groups].flatMap(group => [only(group), only((group << 16n) | 1n), only((1n << 16n) | group)]);
};

/** Of services that have a host of their own. */
const PORTS = [
	21, 22, 23, 25, 53, 67, 69, 80, 88, 110, 119, 123, 143, 161, 179, 389, 443, 445, 465, 500, 514, 547, 587,
	631, 636, 853, 873, 993, 995, 1080, 1194, 1433, 1521, 3128, 3306, 3389, 5060, 5222, 5432, 5900, 6379, 8000,
	8080, 8443, 9090, 9200,
];
