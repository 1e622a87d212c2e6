import {
	addressOf,
	copyReply,
	micros,
	parseAddress,
	type AddressKey,
	type Micros,
	type Reply,
	type ReplyConsumer,
} from '@halfopen/model';
import {
	openSimulatedTransport,
	type SimulatedNetwork,
	type SimulatedTransport,
	type SimulationOptions,
} from '@halfopen/simulator';

export const HOST = '198.51.100.7';

export const keyOf = (text: string): AddressKey => {
	const address = parseAddress(text);
	if (address === undefined) {
		throw new Error(`Not an address: ${text}`);
	}

	return address.value;
};

/** Sends a SYN to each port of one address at once, and gives what came back until `until`. */
export const exchange = (
	network: SimulatedNetwork,
	ports: readonly number[],
	{
		address = HOST,
		until = micros(10_000_000),
		...options
	}: SimulationOptions & {address?: string; until?: Micros} = {},
): {transport: SimulatedTransport; replies: Reply[]} => {
	const transport = openSimulatedTransport(network, options);
	const path = transport.pathTo(addressOf(keyOf(address)));
	for (const [tag, port] of ports.entries()) {
		transport.probes.write(keyOf(address), port, 0, path.id, tag);
	}

	transport.flush();
	transport.advanceTo(until);
	return {transport, replies: takeReplies(transport.replies)};
};

export const takeReplies = (replies: ReplyConsumer): Reply[] => {
	const taken: Reply[] = [];
	while (replies.next()) {
		taken.push(copyReply(replies));
	}

	return taken;
};

/** `count` ports from `first` on. */
export const portsFrom = (first: number, count: number): number[] =>
	Array.from({length: count}, (_, index) => first + index);
