import {micros, parseAddress, type Decision, type Micros, type TracedPacket} from '@halfopen/model';
import {bytesOf, ipv4, tcp} from '../packets.ts';

export const TARGET = parseAddress('10.77.3.2')!;

/** Of a report without -v. */
export const RULES = {verbosity: 0, debugging: 0, onlyOpen: false};

export const at = (milliseconds: number): Micros => micros(5_000_000 + milliseconds * 1000);

type DecisionOn = Decision extends infer Each
	? Each extends Decision
		? Omit<Each, 'at' | 'address' | 'port' | 'attempt'>
		: never
	: never;

export const decided = (milliseconds: number, port: number, attempt: number, what: DecisionOn): Decision => ({
	at: at(milliseconds),
	address: TARGET,
	port,
	attempt,
	...what,
});

const packet = (
	direction: TracedPacket['direction'],
	milliseconds: number,
	bytes: Uint8Array,
): TracedPacket => ({
	direction,
	at: at(milliseconds),
	bytes,
	length: bytes.length,
});

export const syn = (
	milliseconds: number,
	port: number,
	sequence: number,
	sourcePort = 50_000,
	data: Uint8Array = new Uint8Array(0),
): TracedPacket =>
	packet(
		'sent',
		milliseconds,
		ipv4({
			source: '10.77.3.1',
			target: '10.77.3.2',
			protocol: 6,
			payload: bytesOf(tcp({sourcePort, targetPort: port, sequence, flags: 2}), data),
		}),
	);

export const answer = (
	milliseconds: number,
	port: number,
	acknowledged: number,
	flags: number,
): TracedPacket =>
	packet(
		'received',
		milliseconds,
		ipv4({
			source: '10.77.3.2',
			target: '10.77.3.1',
			protocol: 6,
			payload: tcp({
				sourcePort: port,
				targetPort: 50_000,
				sequence: 99,
				acknowledgement: acknowledged + 1,
				flags,
			}),
		}),
	);

/** An ICMP error "host unreachable" that quotes the probe. */
export const unreachable = (milliseconds: number, probe: TracedPacket, source: string): TracedPacket =>
	packet(
		'received',
		milliseconds,
		ipv4({
			source,
			target: '10.77.3.1',
			protocol: 1,
			payload: bytesOf('0301000000000000', probe.bytes.subarray(0, 28)),
		}),
	);
