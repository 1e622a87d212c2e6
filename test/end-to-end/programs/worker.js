// Scans in a worker again and again, to the end and not, and prints what the process holds before and after, in JSON.
import {readFileSync, readdirSync} from 'node:fs';
import {scan} from '../../../packages/cli/dist/index.js';

const ROUNDS = 5;
const OPTIONS = {targets: '10.99.0.0/24', ports: '1-100', worker: true};

const holdings = () => ({
	descriptors: readdirSync('/proc/self/fd').length,
	threads: Number(/^Threads:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]),
});

const scanWhole = async () => {
	let ports = 0;
	for await (const event of scan(OPTIONS)) {
		ports += event.type === 'port' ? 1 : 0;
	}

	return ports;
};

const leaveEarly = async () => {
	for await (const event of scan({...OPTIONS, maxRate: 1000})) {
		if (event.type === 'port') {
			return 'left';
		}
	}

	return 'nothing';
};

const abortEarly = async () => {
	const interrupt = new AbortController();
	let last;
	for await (const event of scan({...OPTIONS, maxRate: 1000, signal: interrupt.signal})) {
		if (event.type === 'port') {
			interrupt.abort();
		}

		last = event.type;
	}

	return last;
};

await scanWhole();
await leaveEarly();
const before = holdings();
const said = [];
for (let round = 0; round < ROUNDS; round++) {
	said.push(await scanWhole(), await leaveEarly(), await abortEarly());
}

console.log(JSON.stringify({said, before, after: holdings()}));
