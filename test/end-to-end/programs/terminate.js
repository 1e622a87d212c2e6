// Terminates workers in the middle of their scans, and prints what the process holds before and after, in JSON.
import {once} from 'node:events';
import {readFileSync, readdirSync} from 'node:fs';
import {Worker, isMainThread, parentPort} from 'node:worker_threads';

const ROUNDS = 10;

const holdings = () => ({
	descriptors: readdirSync('/proc/self/fd').length,
	threads: Number(/^Threads:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]),
});

const terminateInMidScan = async () => {
	const worker = new Worker(new URL(import.meta.url));
	const [said] = await once(worker, 'message');
	await worker.terminate();
	return said;
};

if (isMainThread) {
	await terminateInMidScan();
	const before = holdings();
	const said = [];
	for (let round = 0; round < ROUNDS; round++) {
		said.push(await terminateInMidScan());
	}

	console.log(JSON.stringify({said, before, after: holdings()}));
} else {
	const say = parentPort.postMessage.bind(parentPort);
	const {scan} = await import('../../../packages/cli/dist/index.js');
	for await (const event of scan({targets: '10.99.0.0/24', ports: '1-1000', maxRate: 20_000})) {
		if (event.type === 'port') {
			say(event.result.state);
		}
	}

	say('finished');
}
