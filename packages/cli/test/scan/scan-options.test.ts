import type {ScanOptions} from '@halfopen/scanner';
import test from 'ava';
import {parseCommandLine} from '../../src/options/parse-command-line.ts';
import {namesPorts, scanOptionsOf} from '../../src/scan/scan-options.ts';

const finds = test.macro({
	title: (_, words: string) => `how hosts are found with ${words}`,
	exec(t, words: string, discovery: ScanOptions['discovery']) {
		const {settings} = parseCommandLine(words.split(' '));
		t.deepEqual(scanOptionsOf(settings, {targets: ['x'], exclude: []}).discovery, discovery);
	},
});

test(finds, '-p 22', undefined);
test(finds, '-Pn', {probes: []});
test(finds, '-Pn -PS22', {probes: []});
test(finds, '-Pn --disable-arp-ping', {probes: [], neighbours: false});
test(finds, '--disable-arp-ping', {neighbours: false});
test(finds, '--discovery-ignore-rst', {ignoreResets: true});
test(finds, '-sn', {only: true});
test(finds, '-sn -Pn', {probes: [], only: true});
test(finds, '-sn -PE', {probes: [{kind: 'echo'}], only: true});
test(finds, '-PE -PS22', {probes: [{kind: 'echo'}, {kind: 'syn', ports: '22'}]});
test(finds, '-PB22', {
	probes: [{kind: 'ack', ports: '22'}, {kind: 'echo'}, {kind: 'syn', ports: [443]}, {kind: 'timestamp'}],
});
test(finds, '-6 -PB', {probes: [{kind: 'ack'}, {kind: 'echo'}, {kind: 'syn', ports: [443]}]});

const names = (words: string): boolean => namesPorts(parseCommandLine(words.split(' ')).settings);

test('names of services are read where ports may be named', t => {
	t.true(names('-n'));
	t.true(names('-sn -PShttp'));
	t.false(names('-sn'));
	t.false(names('-sL'));
});
