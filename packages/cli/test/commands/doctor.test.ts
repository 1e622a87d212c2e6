import test from 'ava';
import {main} from '../../src/main.ts';
import {fakeIo} from '../fake-io.ts';

const doctor = async (...words: readonly string[]) => {
	const io = fakeIo();
	const status = await main(['doctor', ...words], io);
	return {status, out: io.out.join(''), errors: io.errors.join('')};
};

test('the exit code says whether something prevents scanning, and so does the first line', async t => {
	const {status, out} = await doctor();
	t.regex(out, status === 0 ? /^(?:Nothing stands in the way|SYN scans are possible)/ : /^SYN scans are not/);
});

test('--json is one JSON text with all findings', async t => {
	const {status, out} = await doctor('--json', '127.0.0.1');
	const {formatVersion, findings} = JSON.parse(out) as {
		formatVersion: number;
		findings: {subject: string; severity: string; seen: string}[];
	};
	t.is(formatVersion, 1);
	t.is(status, findings.some(({severity}) => severity === 'fail') ? 1 : 0);
	t.is(findings.find(({subject}) => subject === 'route')?.seen, '127.0.0.1 is this machine');
});

for (const {words, problem} of [
	{words: ['example.org'], problem: 'doctor: expected an address, got `example.org`'},
	{words: ['127.0.0.1', '127.0.0.2'], problem: 'doctor: expected one target at the most, got 2'},
	{words: ['--jsno'], problem: "doctor: Unknown option '--jsno'; see halfopen doctor --help"},
]) {
	test(`${words.join(' ')} is refused`, async t => {
		t.deepEqual(await doctor(...words), {status: 2, out: '', errors: `halfopen: ${problem}\n`});
	});
}

test('help says how', async t => {
	const {status, out} = await doctor('--help');
	t.is(status, 0);
	t.regex(out, /^Usage: halfopen doctor \[--json\] \[TARGET\]\n/);
});
