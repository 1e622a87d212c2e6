// Tells the state of each port as soon as it is known.
//
// Usage: scan-ports.ts [TARGET] [PORTS]
import {scan} from 'halfopen';

const [targets = '127.0.0.1', ports = '22,80,443'] = process.argv.slice(2);

for await (const event of scan({targets, ports})) {
	if (event.type === 'port') {
		const {port, state, reason} = event.result;
		console.log(`${port}/tcp ${state} (${reason})`);
	}
}
