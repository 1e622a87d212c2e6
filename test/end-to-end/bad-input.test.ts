import {listen} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {runHalfopen} from './halfopen.ts';

const USAGE = 2;

const labTest = useLab(async lab => {
	await listen(lab.direct, [22]);
});

/** What is typed before a good target, and the one line that it gets; nothing is scanned. */
const USAGE_ERRORS: readonly (readonly [args: readonly string[], message: string])[] = [
	[['--max-retires', '3'], 'unknown option `--max-retires`; did you mean --max-retries?'],
	[['--frobnicate'], 'unknown option `--frobnicate`; see halfopen --help'],
	[['-sV'], '-sV is not part of halfopen: it does the TCP SYN and connect scans only'],
	[['--script', 'default'], '--script is not part of halfopen: it does the TCP SYN and connect scans only'],
	[['-D', '10.0.0.9'], '-D is absent on purpose: halfopen does not forge its source or hide among decoys'],
	[['-p', '70000'], '-p: expected a port between 0 and 65535, got `70000`'],
	[['-p', '5-1'], '-p: expected a range from low to high such as `1-5`, got `5-1`'],
	[['-p', ''], '-p: expected a port, a range such as `20-25` or a service name in lower case, got nothing'],
	[['-p', 'abc'], '-p: expected the name of a TCP service, or a pattern that matches one, got `abc`'],
	[['-p'], '-p: expected PORTS, got nothing'],
	[['--max-retries', 'many'], '--max-retries: expected a whole number from 0 to 200, got `many`'],
	[['-T9'], '-T: expected 0 to 5 or one of paranoid, sneaky, polite, normal, aggressive, insane, got `9`'],
	[['-sS', '-sT'], '-sS and -sT: expected one scan type, got both'],
	[
		['-oN', '/proc/no/report', '-p', '22'],
		'-oN: cannot write `/proc/no/report`: no such file or directory (ENOENT)',
	],
	[['-oN', '/', '-p', '22'], '-oN: cannot write `/`: illegal operation on a directory (EISDIR)'],
	[
		['-e', 'nowhere0', '-p', '22'],
		'-e: expected the name of a network interface (lo, direct, router, tunnel), got `nowhere0`',
	],
];

for (const [args, message] of USAGE_ERRORS) {
	labTest(`a mistake before the scan: ${message}`, async (t, lab) => {
		const target = args.length === 1 && args[0] === '-p' ? [] : ['10.77.3.2'];
		const {status, stdout, stderr} = await runHalfopen(lab.scanner, ['-n', ...target, ...args]);
		t.is(stderr, `halfopen: ${message}\n`);
		t.is(status, USAGE);
		t.notRegex(stdout, /scan report/);
	});
}

labTest('no targets at all is a mistake', async (t, lab) => {
	const {status, stderr} = await runHalfopen(lab.scanner, ['-p', '22']);
	t.is(stderr, 'halfopen: expected at least one target, got none; see halfopen --help\n');
	t.is(status, USAGE);
});

/** Targets that are left out, and the line that says so; the rest goes on. */
const BAD_TARGETS: readonly (readonly [target: string, message: string])[] = [
	['1.2.3.300', 'Expected an octet between 0 and 255, got `300` in `1.2.3.300`'],
	['10.0.0.0/33', 'Expected a prefix length between 0 and 32, got `33` in `10.0.0.0/33`'],
	['no-such-name.invalid', 'Failed to resolve `no-such-name.invalid`'],
];

for (const [target, message] of BAD_TARGETS) {
	labTest(`a bad target is left out and the rest goes on: ${target}`, async (t, lab) => {
		const {status, stdout, stderr} = await runHalfopen(lab.scanner, ['-n', '-p', '22', target, '10.77.3.2']);
		t.is(stderr, `halfopen: warning: ${message}\n`);
		t.regex(stdout, /^22\/tcp open/m);
		t.regex(stdout, /1 IP address \(1 host up\)/);
		t.is(status, 0);
	});
}
