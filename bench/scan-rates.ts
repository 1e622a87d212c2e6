// Scans and prints each change of the rate as a line of JSON: {at, rate, because, host}. `at` is in seconds since the
// epoch; `host` is false for the rate of all hosts.
//
// Usage: node bench/scan-rates.ts TARGETS PORTS SEED
import {scan} from 'halfopen';

const [targets, ports, seed] = process.argv.slice(2);
const lines: string[] = [];
let toEpoch = 0;
// By a raw IP socket: no capture on this machine sees what AF_PACKET sends past the queues of the kernel.
const options = {
	targets,
	ports,
	seed: Number(seed),
	send: 'ip',
	decisions: true,
	portEvents: 'open',
} as const;
for await (const event of scan(options)) {
	if (event.type === 'started') {
		toEpoch = event.plan.startedAt / 1000 - event.plan.startedAtClock / 1e6;
	} else if (event.type === 'rate') {
		const {at, rate, because, address} = event;
		lines.push(JSON.stringify({at: at / 1e6 + toEpoch, rate, because, host: address !== undefined}));
	}
}

console.log(lines.join('\n'));
