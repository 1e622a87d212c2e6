import {
	type Address,
	micros,
	MILLISECOND,
	type Micros,
	type Path,
	ScanError,
	SECOND,
	type Transport,
	type TransportCounters,
} from '@halfopen/model';
import type {ProbeSource} from './probe-source.ts';

/** What a flood did while it lasted. */
export interface Flooded {
	readonly sent: number;
	readonly received: number;
	/** Replies that were lost on our side, in the kernel's buffer or in the ring, those that came later included. */
	readonly lost: number;
	readonly elapsed: Micros;
}

export const perSecond = (count: number, elapsed: Micros): number => (count / elapsed) * SECOND;

export interface FloodOptions {
	readonly source: ProbeSource;
	/** Any of the hosts: they share a path. */
	readonly towards: Address;
	readonly duration: Micros;
	/** Whether the hosts answer: then no more probes wait than there is room for replies. */
	readonly hasReplies?: boolean;
	/** Is told when each probe left. */
	readonly onSent?: (sentAt: Micros) => void;
}

/**
 * Keeps the probe ring of a transport full, and the reply ring empty. On a machine so busy that nothing happens meanwhile
 * it goes on until something does: nothing is no rate.
 */
export const flood = async (
	transport: Transport,
	{source, towards, duration, hasReplies = false, onSent = ignore}: FloodOptions,
): Promise<Flooded> => {
	const {clock, probes} = transport;
	const path = await readyPath(transport, towards);
	const before = transport.counters();
	const takeSent = (_tag: number, sentAt: Micros): void => {
		onSent(sentAt);
	};
	const hasBegun = (): boolean => {
		const {sent, received} = transport.counters();
		return sent > before.sent && (!hasReplies || received > before.received);
	};
	const start = clock.now();
	for (
		let now = start;
		now - start < duration || (now - start < PATIENCE && !hasBegun());
		now = clock.now()
	) {
		drain(transport);
		probes.takeSent(takeSent);
		source.writeInto(probes, path, hasReplies ? MOST_ASKED : Infinity);
		transport.flush();
		await transport.wait(micros(now + LONGEST_TURN));
	}

	const elapsed = micros(clock.now() - start);
	const {sent, received} = transport.counters();
	await settle(transport);
	const after = transport.counters();
	return {
		sent: sent - before.sent,
		received: received - before.received,
		lost: lostIn(after) - lostIn(before),
		elapsed,
	};
};

const LONGEST_TURN = 10 * MILLISECOND;
const PATIENCE = 10 * SECOND;

/** Half of what the reply ring holds, and half of what one turn reads: our own pauses lose no replies. */
const MOST_ASKED = 8192;
const MOST_REPLIES = 16_384;

const ignore = (): void => {};

/** Of what was received. */
const lostIn = ({repliesLost, kernelDrops, interfaceDrops}: TransportCounters): number =>
	repliesLost + kernelDrops + interfaceDrops;

/** @throws ScanError `ERR_HALFOPEN_INTERFACE` */
const readyPath = async (transport: Transport, towards: Address): Promise<Path> => {
	const path = transport.pathTo(towards);
	while (path.status === 'resolving') {
		await transport.wait(micros(transport.clock.now() + LONGEST_TURN));
	}

	if (path.status === 'unreachable') {
		throw new ScanError(
			'ERR_HALFOPEN_INTERFACE',
			path.problem ?? 'The other end of the cable is unreachable',
		);
	}

	return path;
};

/** Reads what came, as the engine would, and keeps nothing. */
const drain = ({replies}: Transport): void => {
	let sum = 0;
	for (let left = MOST_REPLIES; left > 0 && replies.next(); left--) {
		sum += Number(replies.target) + replies.port + replies.kind;
	}

	void sum;
};

/** What is in the ring leaves in the meantime, and the last replies come. */
const settle = async (transport: Transport): Promise<void> => {
	const end = transport.clock.now() + QUIET_AFTER;
	while (transport.clock.now() < end) {
		drain(transport);
		transport.probes.takeSent(ignore);
		await transport.wait(micros(transport.clock.now() + MILLISECOND));
	}
};

const QUIET_AFTER = 60 * MILLISECOND; // Three times what the counters of the kernel may be late
