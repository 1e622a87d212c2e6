// Tells which ports changed their state since the last time, and remembers them for the next.
//
// Usage: compare-two-scans.ts FILE [TARGET] [PORTS]
import {readFile, writeFile} from 'node:fs/promises';
import {formatAddress, type HostReport, type PortState, scan} from 'halfopen';

const [file = 'states.json', targets = '127.0.0.1', ports = '1-1024'] = process.argv.slice(2);

/** States by address and port, as in `192.0.2.7:22`. */
type States = Readonly<Record<string, PortState>>;

const statesOf = (report: HostReport): States =>
	Object.fromEntries(
		[...report.ports].map(({port, state}) => [`${formatAddress(report.address)}:${port}`, state]),
	);

const scanStates = async (): Promise<States> => {
	let states: States = {};
	for await (const event of scan({targets, ports})) {
		if (event.type === 'host') {
			states = {...states, ...statesOf(event.report)};
		}
	}

	return states;
};

const readStates = async (): Promise<States> => {
	try {
		return JSON.parse(await readFile(file, 'utf8')) as States;
	} catch {
		return {}; // The first time there is none
	}
};

const before = await readStates();
const after = await scanStates();
for (const [endpoint, state] of Object.entries(after)) {
	const previous = before[endpoint];
	if (previous !== undefined && previous !== state) {
		console.log(`${endpoint} was ${previous} and is ${state}`);
	}
}

await writeFile(file, JSON.stringify(after));
