// Insists on a SYN scan, and says what went wrong.
//
// Usage: handle-errors.ts [TARGET] [PORTS]
import {formatAddress, scan, ScanError} from 'halfopen';

const [targets = '127.0.0.1', ports = '22,80,443'] = process.argv.slice(2);

try {
	for await (const event of scan({targets, ports, scanType: 'syn'})) {
		switch (event.type) {
			case 'warning': {
				console.error(event.message); // A target that is left out, a probe that could not be sent
				break;
			}

			case 'host': {
				const {address, ports: results, problem} = event.report;
				const outcome = problem ?? `${results.count('open')} of ${results.length} ports are open`;
				console.log(`${formatAddress(address)}: ${outcome}`);
				break;
			}

			default:
		}
	}
} catch (error) {
	if (!(error instanceof ScanError)) {
		throw error;
	}

	console.error(`${error.code}: ${error.message}`);
	process.exitCode = 1;
}
