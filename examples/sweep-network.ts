// Looks for open ports in a large network, in a thread of its own and no faster than told.
//
// Usage: sweep-network.ts [TARGETS] [PORTS] [PACKETS_PER_SECOND]
import {formatAddress, scan} from 'halfopen';

const [targets = '127.0.0.0/28', ports = '22,80,443', rate = '1000'] = process.argv.slice(2);

const running = scan({targets, ports, order: 'random', results: 'stream', portEvents: 'open', worker: true});
running.setRate(Number(rate)); // At any time: also while it runs

for await (const events of running.batches()) {
	for (const event of events) {
		if (event.type === 'port') {
			console.log(`${formatAddress(event.address)}:${event.result.port}`);
		} else if (event.type === 'warning') {
			console.error(event.message);
		} else if (event.type === 'end') {
			const {positions, open, silent} = event.summary.sweep!;
			console.log(`${open} of ${positions} ports are open, ${silent} are silent`);
		}
	}
}
