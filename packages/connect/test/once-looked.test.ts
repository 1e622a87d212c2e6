import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {connect, createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {onceLooked} from '../src/once-looked.ts';

/** The two ends of a connection within this machine: what one writes has come to the other at once. */
const socketPair = async (): Promise<[Socket, Socket]> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-connect-'));
	const server = createServer().listen(path.join(folder, 'socket'));
	await once(server, 'listening');
	const near = connect(path.join(folder, 'socket'));
	const [[far]] = (await Promise.all([once(server, 'connection'), once(near, 'connect')])) as [
		[Socket],
		unknown,
	];
	server.close();
	await rm(folder, {recursive: true});
	return [near, far];
};

/** Ways to be called in each phase of the event loop. */
const PHASES: Readonly<Record<string, (call: () => void, far: Socket, near: Socket) => void>> = {
	timers: call => void setTimeout(call, 1),
	immediates: call => void setImmediate(call),
	polling(call, far, near) {
		far.once('data', call);
		near.write('1');
	},
};

for (const [phase, callIn] of Object.entries(PHASES)) {
	test(`what came before it was called, among the ${phase}, is seen first`, async t => {
		const [near, far] = await socketPair();
		const seen: string[] = [];
		await new Promise<void>(resolve => {
			callIn(
				() => {
					far.on('data', () => seen.push('data'));
					near.write('2');
					onceLooked(() => {
						seen.push('looked');
						resolve();
					});
				},
				far,
				near,
			);
		});
		t.deepEqual(seen, ['data', 'looked']);
		near.destroy();
		far.destroy();
	});
}
