// Run by connect-transport.test.ts in a process of its own: takes every descriptor there is, probes, gives them back.
import {closeSync, openSync} from 'node:fs';
import {ipv4, micros, type Transport} from '@halfopen/model';
import {openConnectTransport} from '@halfopen/connect';

const LOOPBACK = ipv4(0x7f_00_00_01);
const CLOSED_PORT = 1;

const takeAllDescriptors = (): number[] => {
	const taken: number[] = [];
	for (;;) {
		try {
			taken.push(openSync('/dev/null', 'r'));
		} catch {
			return taken;
		}
	}
};

const waitUntil = async (transport: Transport, isDone: () => boolean): Promise<void> => {
	while (!isDone()) {
		await transport.wait(micros(transport.clock.now() + 20_000));
	}
};

const transport = openConnectTransport({tries: 1});
const path = transport.pathTo(LOOPBACK);
const taken = takeAllDescriptors();
transport.probes.write(LOOPBACK.value, CLOSED_PORT, 0, path.id, 1);
transport.flush();
await waitUntil(transport, () => transport.counters().sendWaits > 2 || transport.replies.waiting > 0);
const whileShort = {replies: transport.replies.waiting, waited: transport.counters().sendWaits > 2};
for (const descriptor of taken) {
	closeSync(descriptor);
}

await waitUntil(transport, () => transport.replies.next());
const {kind, icmpCode} = transport.replies;
process.stdout.write(JSON.stringify({whileShort, afterwards: {kind, code: icmpCode}}));
await transport.close();
