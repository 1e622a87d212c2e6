// Keeps TCP ports open on all addresses of its namespace until its standard input ends. The ports are a JSON list, the
// first line of that input.

import {once} from 'node:events';
import {createReadStream, writeSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {createInterface} from 'node:readline';

const STANDARD_OUTPUT = 1;
const BACKLOG = 4096;

const endAtOnce = (socket: Socket): void => {
	socket.destroy();
};

const openPort = async (port: number): Promise<void> => {
	const server = createServer(endAtOnce).listen({port, host: '0.0.0.0', backlog: BACKLOG}).unref();
	await once(server, 'listening');
};

const lines = createInterface({input: createReadStream('', {fd: 0})});
for await (const line of lines) {
	await Promise.all((JSON.parse(line) as number[]).map(async port => openPort(port)));
	writeSync(STANDARD_OUTPUT, 'ready\n');
}
