import {firewall, listen} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {runHalfopen} from './halfopen.ts';

const labTest = useLab(async lab => {
	await listen(lab.direct, [22]);
	firewall(lab.direct, [
		{ports: '25', verdict: 'drop'},
		{ports: '113', verdict: {reject: 'admin-prohibited'}},
	]);
});

/**
 * Lines of packets and decisions about one port, each kind once, without what differs from run to run. On a busy machine
 * an answer may come after its probe was sent again.
 */
const storyOf = (output: string, port: number): string[] => [
	...new Set(
		output
			.split('\n')
			.filter(line => /^(?:SENT|RCVD|DECIDE) /.test(line) && line.includes(`10.77.3.2:${port} `))
			.map(line =>
				line
					.replace(/\(\d+\.\d{4}s\)/, '(T)')
					.replace(/10\.77\.3\.1:\d+/, '10.77.3.1:SOURCE')
					.replaceAll(/\b(ttl|id|seq)=\d+/g, '$1=N')
					.replace(/within \d+(?:\.\d+)? ms/, 'within N ms'),
			),
	),
];

/** Whether a line tells of a try that was not the last. */
const isOfRetry = (line: string): boolean => /no answer to try|asking again/.test(line);

const SYN = (port: number): string =>
	`SENT (T) TCP 10.77.3.1:SOURCE > 10.77.3.2:${port} S ttl=N id=N iplen=44  seq=N win=1024 <mss 1460>`;

/** What `--packet-trace -d` tells of each port. */
const STORIES: readonly {what: string; port: number; lines: readonly string[]}[] = [
	{
		what: 'an open port answers SYN/ACK',
		port: 22,
		lines: [
			SYN(22),
			'RCVD (T) TCP 10.77.3.2:22 > 10.77.3.1:SOURCE SA ttl=N id=N iplen=44  seq=N win=64240 <mss 1460>',
			'DECIDE (T) 10.77.3.2:22 is open: SYN/ACK came back (something listens and accepts connections)',
		],
	},
	{
		what: 'a closed port answers RST',
		port: 23,
		lines: [
			SYN(23),
			'RCVD (T) TCP 10.77.3.2:23 > 10.77.3.1:SOURCE RA ttl=N id=N iplen=40  seq=N win=0 ',
			'DECIDE (T) 10.77.3.2:23 is closed: RST came back (the host answers, nothing listens)',
		],
	},
	{
		what: 'a filtered port stays silent, twice',
		port: 25,
		lines: [
			SYN(25),
			'DECIDE (T) 10.77.3.2:25 no answer to try 1 within N ms',
			'DECIDE (T) 10.77.3.2:25 asking again: try 2',
			'DECIDE (T) 10.77.3.2:25 no answer to try 2 within N ms',
			'DECIDE (T) 10.77.3.2:25 given up after 2 tries',
			'DECIDE (T) 10.77.3.2:25 is filtered: nothing came back (something on the way keeps the probes from the port, or their answers from us)',
		],
	},
];

labTest('the trace of three ports explains their three states', async (t, lab) => {
	const {status, stdout} = await runHalfopen(lab.scanner, [
		'-n',
		'-Pn',
		'-d',
		'--packet-trace',
		'--max-retries',
		'1',
		'-p',
		'22,23,25',
		'10.77.3.2',
	]);
	t.is(status, 0);
	t.deepEqual(
		STORIES.map(({what, port, lines}) => ({
			what,
			port,
			lines: storyOf(stdout, port).filter(line => lines.includes(line) || !isOfRetry(line)),
		})),
		STORIES.map(({what, port, lines}) => ({what, port, lines: [...lines]})),
	);
	const packets = stdout.match(/^(?:SENT|RCVD) .* TCP .*$/gm) ?? [];
	t.true(packets.length >= 6, `${packets.length}`);
	t.true(packets.every(line => /10\.77\.3\.2:(?:22|23|25) /.test(line)));
	t.regex(
		stdout,
		/^SENT .* ARP who-has 10\.77\.3\.2 tell 10\.77\.3\.1\nRCVD .* ARP reply 10\.77\.3\.2 is-at /m,
	);
});

labTest(
	'an answer goes to the port that its probe left from, and a second try leaves from another',
	async (t, lab) => {
		const {stdout} = await runHalfopen(lab.scanner, ['-n', '--packet-trace', '-p', '22,25', '10.77.3.2']);
		const sources = [...stdout.matchAll(/^SENT .* 10\.77\.3\.1:(\d+) > 10\.77\.3\.2:(\d+) /gm)].map(
			([, source, port]) => ({source: Number(source), port: Number(port)}),
		);
		const [first, second] = sources.filter(({port}) => port === 25);
		t.is(second.source, first.source + 1);
		t.regex(stdout, new RegExp(`^RCVD .* 10\\.77\\.3\\.2:22 > 10\\.77\\.3\\.1:${first.source} SA`, 'm'));
	},
);

labTest('an ICMP error is shown with its sender, in words', async (t, lab) => {
	const {stdout} = await runHalfopen(lab.scanner, ['-n', '--packet-trace', '-p', '113', '10.77.3.2']);
	t.regex(
		stdout,
		/^RCVD \(\d+\.\d{4}s\) ICMP \[10\.77\.3\.2 > 10\.77\.3\.1 Communication administratively prohibited by filtering \(type=3\/code=13\) \] IP \[ttl=64 id=\d+ iplen=72 \]$/m,
	);
	t.regex(stdout, /^113\/tcp filtered ident$/m);
});

labTest('more debugging tells of each probe and match', async (t, lab) => {
	const {stdout} = await runHalfopen(lab.scanner, ['-n', '-d2', '-p', '22', '10.77.3.2']);
	t.regex(stdout, /^DECIDE \(\d+\.\d{4}s\) 10\.77\.3\.2:22 asked, try 1$/m);
	// When the sender is held up right after it sent, the answer is seen before it is known when that was.
	t.regex(
		stdout,
		/^DECIDE \(\d+\.\d{4}s\) 10\.77\.3\.2:22 syn-ack answers try \d(?: after \d+(?:\.\d+)? ms)?, which says open$/m,
	);
});

for (const send of ['ip', 'packet']) {
	labTest(
		`random bytes go behind every SYN, and answers that count them are right, by --send ${send}`,
		async (t, lab) => {
			const words = [
				'-n',
				'-p',
				'22,23',
				'--data-length',
				'301',
				'--packet-trace',
				'--send',
				send,
				'10.77.3.2',
			];
			const {status, stdout} = await runHalfopen(lab.scanner, words);
			t.is(status, 0);
			t.regex(stdout, /\n22\/tcp open .*\n23\/tcp closed /);
			t.deepEqual(storyOf(stdout, 23), [
				SYN(23).replace('iplen=44', 'iplen=345'),
				'RCVD (T) TCP 10.77.3.2:23 > 10.77.3.1:SOURCE RA ttl=N id=N iplen=40  seq=N win=0 ',
			]);
		},
	);
}

labTest('a payload that no packet has room for is told', async (t, lab) => {
	const {stdout, stderr} = await runHalfopen(lab.scanner, [
		'-n',
		'-p',
		'22',
		'--data-length',
		'1500',
		'10.77.3.2',
	]);
	t.regex(stderr, /warning: --data-length of 1500 does not fit the packets of most paths; up to 1400 does/);
	t.regex(stderr, /warning: Cannot send to 10\.77\.3\.2: EMSGSIZE/);
	t.regex(stdout, /\n22\/tcp filtered /);
});
