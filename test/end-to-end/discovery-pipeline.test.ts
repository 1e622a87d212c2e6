import {firewall, listen} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {libraryScan, runHalfopen, type LibraryScan} from './halfopen.ts';

/** Of these, nobody answers. */
const SILENT = ['10.99.60.1', '10.99.60.2', '10.99.60.3'];
const ANSWERING = ['10.99.61.1', '10.99.61.2'];

const labTest = useLab(async lab => {
	await listen(lab.direct, [22]);
	firewall(lab.direct, [{address: '10.99.60.0/24', packets: '', verdict: 'drop'}]);
});

/** Events of a scan in words, with the last number of the address that they are about. */
const storyOf = (scan: LibraryScan): string[] =>
	scan.events.flatMap(event => {
		const {type, address, report, result} = event as unknown as {
			type: string;
			address?: {value: number};
			report?: {address: {value: number}; status: string};
			result?: {port: number; state: string};
		};
		const told = address ?? report?.address;
		const detail = report?.status ?? (result === undefined ? '' : `${result.port} ${result.state}`);
		return told === undefined ? [] : [`${told.value & 0xffff} ${type} ${detail}`.trim()];
	});

const numberOf = (address: string): number => {
	const [, , third, fourth] = address.split('.').map(Number);
	return third * 256 + fourth;
};

labTest('the ports of hosts that were found are scanned while silent ones are waited for', async (t, lab) => {
	const story = storyOf(
		await libraryScan(lab.scanner, {
			targets: [...SILENT, ...ANSWERING],
			ports: [22, 23],
			discovery: {},
			maxRetries: 1,
		}),
	);
	const firstDown = story.findIndex(line => line.endsWith('host down'));
	for (const address of ANSWERING.map(numberOf)) {
		const order = [`${address} host-found`, `${address} port 22 open`, `${address} host up`];
		const places = order.map(line => story.indexOf(line));
		t.deepEqual(
			places,
			places.toSorted((a, b) => a - b),
			'in this order',
		);
		t.true(places[0] >= 0, story.join('\n'));
		t.true(places[2] < firstDown, 'and done before anybody is given up');
	}

	t.is(story.filter(line => line.endsWith('host down')).length, SILENT.length);
});

labTest('a host that is not found is asked for no port', async (t, lab) => {
	const {stdout} = await runHalfopen(lab.scanner, [
		'-n',
		'-p',
		'22,23',
		'--packet-trace',
		'--max-retries',
		'1',
		SILENT[0],
		ANSWERING[0],
	]);
	const asked = [...stdout.matchAll(/^SENT .* > (\S+):(?:22|23) /gm)].map(([, address]) => address);
	t.deepEqual([...new Set(asked)], [ANSWERING[0]]);
	t.regex(stdout, /^22\/tcp open/m);
	t.regex(stdout, /2 IP addresses \(1 host up\)/);
});

labTest('-Pn asks every host for its ports', async (t, lab) => {
	const {stdout} = await runHalfopen(lab.scanner, ['-n', '-Pn', '-p', '22', '--max-retries', '1', SILENT[0]]);
	t.regex(stdout, /^22\/tcp filtered/m);
});

labTest('a single host that is down is told with advice', async (t, lab) => {
	const {status, stdout} = await runHalfopen(lab.scanner, ['-n', '-p', '22', SILENT[0]]);
	t.is(status, 0);
	t.regex(stdout, /^Note: the host seems to be down\. .*-Pn$/m);
	t.regex(stdout, /1 IP address \(0 hosts up\)/);
});

labTest('a sweep asks nobody first', async (t, lab) => {
	const {stdout} = await runHalfopen(lab.scanner, [
		'-n',
		'--order',
		'random',
		'-p',
		'22',
		'--packet-trace',
		'--max-retries',
		'1',
		...SILENT,
		...ANSWERING,
	]);
	const ports = [...stdout.matchAll(/^SENT .* > \S+:(\d+) /gm)].map(([, port]) => port);
	t.deepEqual([...new Set(ports)], ['22']);
	t.is(stdout.match(/^22\/tcp open/gm)?.length, ANSWERING.length);
});
