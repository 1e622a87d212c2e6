import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {coloured, wantsColours} from '../../src/terminal/colours.ts';

const TERMINAL = {terminal: {columns: () => 80}};

const wants = test.macro({
	title: (_, on: object, environment: object) =>
		`${'terminal' in on ? 'a terminal' : 'a pipe'} with ${JSON.stringify(environment)}`,
	exec(t, on: Partial<typeof TERMINAL>, environment: NodeJS.ProcessEnv, expected: boolean) {
		t.is(wantsColours(on, environment), expected);
	},
});

test(wants, TERMINAL, {}, true);
test(wants, TERMINAL, {NO_COLOR: '1'}, false);
test(wants, TERMINAL, {NO_COLOR: ''}, true);
test(wants, TERMINAL, {TERM: 'dumb'}, false);
test(wants, TERMINAL, {FORCE_COLOR: '0'}, false);
test(wants, TERMINAL, {NO_COLOR: '1', FORCE_COLOR: '1'}, true);
test(wants, {}, {}, false);
test(wants, {}, {FORCE_COLOR: '1'}, true);
test(wants, {}, {FORCE_COLOR: 'false'}, false);

test('states have their colours, and nothing else of a line of the table', t => {
	t.is(
		coloured('22/tcp open     ssh\n23/tcp closed   telnet\n25/tcp filtered smtp\n'),
		'22/tcp \u001B[32mopen\u001B[0m     ssh\n23/tcp \u001B[31mclosed\u001B[0m   telnet\n25/tcp \u001B[33mfiltered\u001B[0m smtp\n',
	);
});

test('hosts, headings and messages stand out', t => {
	t.is(coloured('Nmap scan report for a\n'), '\u001B[1mNmap scan report for a\u001B[0m\n');
	t.is(coloured('halfopen: warning: b\n'), '\u001B[33mhalfopen: warning:\u001B[0m b\n');
	t.is(coloured('halfopen: c\n'), '\u001B[31mhalfopen:\u001B[0m c\n');
});

test('without the colours the text is what it was', t => {
	const text =
		'Nmap scan report for a\nPORT   STATE SERVICE\n22/tcp open  ssh\n\nSENT (0.1s) x\nhalfopen done\n';
	t.is(stripVTControlCharacters(coloured(text)), text);
});
