// Tells which hosts are up, and by what answer they were found. No port is scanned.
//
// Usage: find-hosts.ts [TARGET]
import {discover, formatAddress} from 'halfopen';

const [targets = '127.0.0.1'] = process.argv.slice(2);

for await (const event of discover({targets})) {
	if (event.type === 'host' && event.report.status === 'up') {
		const {address, reason, mac} = event.report;
		console.log(`${formatAddress(address)} is up (${reason})${mac === undefined ? '' : ` at ${mac}`}`);
	}
}
