// Scans many times in one process, and prints what the process holds before and after, in JSON.
import {readFileSync, readdirSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {scan} from '../../../packages/cli/dist/index.js';

const [scans, atOnce] = process.argv.slice(2).map(Number);
const OPTIONS = {targets: '10.77.3.2', ports: '1-200', maxRetries: 1};

const scanOnce = async () => {
	let open = 0;
	for await (const event of scan(OPTIONS)) {
		open += event.type === 'port' && event.result.state === 'open' ? 1 : 0;
	}

	return open;
};

const scanMany = async count => {
	let open = 0;
	for (let done = 0; done < count; done += atOnce) {
		const found = await Promise.all(Array.from({length: atOnce}, scanOnce));
		open += found.reduce((sum, one) => sum + one, 0);
	}

	return open;
};

/** Descriptors, threads and kilobytes, once the process has come to rest. */
const holdings = async () => {
	await sleep(50);
	globalThis.gc();
	await sleep(50);
	globalThis.gc();
	const status = readFileSync('/proc/self/status', 'utf8');
	const statusNumber = name => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]);
	return {
		descriptors: readdirSync('/proc/self/fd').length,
		threads: statusNumber('Threads'),
		residentKilobytes: statusNumber('VmRSS'),
		heapKilobytes: Math.round(process.memoryUsage().heapUsed / 1024),
		sharedKilobytes: Math.round(process.memoryUsage().arrayBuffers / 1024),
	};
};

await scanMany(scans); // Code, threads and the memory that the allocator keeps: they come with the first uses.
const before = await holdings();
const open = await scanMany(scans);
const after = await holdings();
console.log(JSON.stringify({open, before, after}));
