import {listen} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {halfopenScan, parseReport, runHalfopen} from './halfopen.ts';

/** One kernel answers for all of fd99::/64. */
const labTest = useLab(async ({direct}) => {
	await listen(direct, [22]);
});

labTest('the likely addresses of a /64 are scanned, and no others', async (t, {scanner}) => {
	const patterns = 'low-byte:2,eui64:00:0c:29:12:34:5,ipv4:192.0.2.7';
	const findings = await halfopenScan(scanner, ['-6', '-p', '22', '--ipv6-patterns', patterns, 'fd99::/64']);
	const made = Array.from({length: 16}, (_, last) => `fd99::20c:29ff:fe12:345${last.toString(16)}`);
	t.deepEqual(
		[...findings].map(([port, {state}]) => `${port} ${state}`).toSorted(),
		['fd99::1', 'fd99::2', 'fd99::3', ...made, 'fd99::c000:207', 'fd99::192:0:2:7']
			.map(address => `${address}:22 open`)
			.toSorted(),
	);
});

labTest(
	'known addresses of one network are looked for in another, with what is near',
	async (t, {scanner}) => {
		const {stdout} = await runHalfopen(
			scanner,
			['-6', '-n', '--reason', '-p', '22', '--ipv6-patterns', 'seeds:1', '--ipv6-seeds', '-', 'fd99::/64'],
			{input: 'fd77:3::2:7 # known'},
		);
		t.deepEqual(
			[...parseReport(stdout).keys()],
			[6, 7, 8].map(last => `fd99::2:${last}:22`),
		);
	},
);

labTest('a /64 without patterns is refused with advice', async (t, {scanner}) => {
	const {stderr} = await runHalfopen(scanner, ['-6', '-p', '22', 'fd99::/64']);
	t.regex(stderr, /--ipv6-patterns \(ipv6Patterns\) asks the likely ones/);
});
