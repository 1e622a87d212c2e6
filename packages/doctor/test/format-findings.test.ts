import test from 'ava';
import {type Finding, formatFindings} from '../src/index.ts';

const FINDINGS: readonly Finding[] = [
	{
		subject: 'kernel',
		severity: 'slow',
		seen: 'packet filters are interpreted',
		why: 'Every packet that this machine receives passes through one.',
		cure: 'Have them compiled:',
		command: 'sudo sysctl -w net.core.bpf_jit_enable=1',
	},
	{subject: 'clock', severity: 'ok', seen: 'tsc'},
];

test('a finding is what was seen, why it matters, and the cure', t => {
	t.is(
		formatFindings(FINDINGS, {colors: false, columns: 50}),
		`SYN scans are possible; one thing makes them slower than they could be.

slow  kernel  packet filters are interpreted
              Every packet that this machine
              receives passes through one.
              Have them compiled:
                sudo sysctl -w net.core.bpf_jit_enable=1

ok    clock   tsc
`,
	);
});

const first = (findings: readonly Finding[]): string =>
	formatFindings(findings, {colors: false, columns: 80}).split('\n')[0];

test('the first line says whether scans are possible', t => {
	t.is(first(FINDINGS.slice(1)), 'Nothing stands in the way of a scan.');
	t.is(first([{subject: 'a', severity: 'fail', seen: 'b'}, ...FINDINGS]), 'SYN scans are not possible here.');
	t.is(
		first([FINDINGS[0], FINDINGS[0]]),
		'SYN scans are possible; 2 things make them slower than they could be.',
	);
});

test('colours are for who wants them', t => {
	const text = formatFindings(FINDINGS, {colors: true, columns: 80});
	t.true(text.includes('\u001B[33mslow\u001B[0m  kernel'));
	t.true(text.includes('\u001B[1msudo sysctl -w net.core.bpf_jit_enable=1\u001B[0m'));
});
