import test from 'ava';
import {parseCommandLine} from '../../src/options/parse-command-line.ts';
import {warningText} from '../../src/options/warning-text.ts';

const calls = test.macro({
	title: (_, line: string) => line,
	exec(t, line: string, option: string, typed: string) {
		const {settings} = parseCommandLine(line.split(' '));
		t.is(warningText(`\`${option}\` has no effect`, settings), `${typed} has no effect`);
	},
});

test(calls, '-PS22', 'discovery', '-PS');
test(calls, '-PE -PA80', 'discovery', '-PE');
test(calls, '-PB', 'discovery', '-PB');
test(calls, '--disable-arp-ping', 'discovery', '--disable-arp-ping');
test(calls, '--discovery-ignore-rst', 'discovery', '--discovery-ignore-rst');
test(calls, '--host-timeout 5s', 'hostTimeout', '--host-timeout');
test(calls, '--pcap file', 'trace', '--pcap');

test('other warnings stay as they are', t => {
	const {settings} = parseCommandLine([]);
	t.is(warningText('`10.0.0.0/33` is no target', settings), '`10.0.0.0/33` is no target');
	t.is(warningText('`name` has no effect', settings), '`name` has no effect');
});
