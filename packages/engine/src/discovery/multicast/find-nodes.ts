import {type LinkNodes, MulticastLoop, type MulticastOptions} from './multicast-loop.ts';

/** Finds who is on a link, by multicast; ends early when the signal says so. The transport stays open. */
export const findNodes = async (options: MulticastOptions, signal?: AbortSignal): Promise<LinkNodes> => {
	const {transport} = options;
	const loop = new MulticastLoop(options);
	const isOver = (): boolean => loop.isFinished || signal?.aborted === true;
	while (!isOver()) {
		const deadline = loop.step(transport.clock.now());
		if (!isOver()) {
			await transport.wait(deadline);
		}
	}

	return loop.nodes;
};
