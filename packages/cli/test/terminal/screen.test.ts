import test from 'ava';
import {stringOf, type TextSink} from '../../src/process/io.ts';
import {openScreen} from '../../src/terminal/screen.ts';
import {fakeIo} from '../fake-io.ts';

const terminals = (written: string[]): {readonly stdout: TextSink; readonly stderr: TextSink} => {
	const sink: TextSink = {
		terminal: {columns: () => 80},
		write: async text => {
			written.push(stringOf(text));
		},
	};
	return {stdout: sink, stderr: sink};
};

test('bytes are coloured like text', async t => {
	const written: string[] = [];
	const {io} = openScreen(
		{...fakeIo('', {TERM: 'xterm', FORCE_COLOR: '1'}), ...terminals(written)},
		{interactive: false},
	);
	await io.stdout.write(Buffer.from('22/tcp open  ssh\n'));
	t.deepEqual(written, ['22/tcp \u001B[32mopen\u001B[0m  ssh\n']);
});

test('every line is coloured, with a progress line below it too', async t => {
	const written: string[] = [];
	const {io, line} = openScreen({...fakeIo('', {TERM: 'xterm'}), ...terminals(written)}, {interactive: true});
	await io.stdout.write('22/tcp open  ssh\n');
	await line?.progress.show('half way');
	await io.stdout.write('22/tcp open  ssh\n');
	await io.stderr.write('halfopen: oh\n');
	t.deepEqual(written, [
		'22/tcp \u001B[32mopen\u001B[0m  ssh\n',
		'half way',
		'\r\u001B[2K22/tcp \u001B[32mopen\u001B[0m  ssh\nhalf way',
		'\r\u001B[2K\u001B[31mhalfopen:\u001B[0m oh\nhalf way',
	]);
});

test('without keys there is no progress line, and colours all the same', async t => {
	const written: string[] = [];
	const {io, line} = openScreen(
		{...fakeIo('', {TERM: 'xterm'}), ...terminals(written)},
		{interactive: false},
	);
	await io.stdout.write('22/tcp open  ssh\n');
	t.is(line, undefined);
	t.deepEqual(written, ['22/tcp \u001B[32mopen\u001B[0m  ssh\n']);
});
