import test from 'ava';
import {stringOf, type Text, type TextSink} from '../../src/process/io.ts';
import {openScreen} from '../../src/terminal/screen.ts';
import {ProgressLine} from '../../src/terminal/progress-line.ts';
import {fakeIo} from '../fake-io.ts';

/** What a terminal shows, of what was written to it. */
class FakeTerminal implements TextSink {
	readonly terminal = {columns: () => 80};
	readonly writes: string[] = [];

	async write(text: Text): Promise<void> {
		this.writes.push(stringOf(text));
	}

	/** Lines from the top, the one with the cursor last. */
	get lines(): string[] {
		return this.writes
			.join('')
			.split('\n')
			.map(line => line.split('\r\u001B[2K').at(-1) ?? '');
	}
}

test('bytes go above the line as the text they are', async t => {
	const terminal = new FakeTerminal();
	const line = new ProgressLine(terminal);
	await line.show('10 %');
	await line.above(terminal).write(Buffer.from('é\n'));
	t.deepEqual(terminal.lines, ['é', '10 %']);
});

test('text goes above the line, in one write', async t => {
	const terminal = new FakeTerminal();
	const line = new ProgressLine(terminal);
	const above = line.above(terminal);
	await line.show('10 %');
	await above.write('first\n');
	await line.show('20 %');
	await above.write('second\nthird\n');
	t.deepEqual(terminal.lines, ['first', 'second', 'third', '20 %']);
	t.is(terminal.writes.length, 4);
});

test('a line that is taken away leaves nothing', async t => {
	const terminal = new FakeTerminal();
	const line = new ProgressLine(terminal);
	await line.show('10 %');
	await line.show('');
	await line.above(terminal).write('report\n');
	t.deepEqual(terminal.lines, ['report', '']);
});

test('a line that did not change is not drawn again', async t => {
	const terminal = new FakeTerminal();
	const line = new ProgressLine(terminal);
	await line.show('10 %');
	await line.show('10 %');
	t.is(terminal.writes.length, 1);
});

const terminals = test.macro({
	title: (_, out: boolean, errors: boolean) =>
		`standard output ${out ? 'at a terminal' : 'on a pipe'}, standard error ${errors ? 'at a terminal' : 'on a pipe'}`,
	async exec(t, out: boolean, errors: boolean) {
		const [stdout, stderr] = [new FakeTerminal(), new FakeTerminal()];
		const sinkOf = (terminal: FakeTerminal, is: boolean): TextSink =>
			is ? terminal : {write: async text => terminal.write(text)};
		const {io, line} = openScreen(
			{...fakeIo('', {NO_COLOR: '1'}), stdout: sinkOf(stdout, out), stderr: sinkOf(stderr, errors)},
			{interactive: true},
		);
		t.is(line !== undefined, out || errors);
		await line?.progress.show('10 %');
		await io.stdout.write('report\n');
		await io.stderr.write('warning\n');
		t.is(stdout.writes.join('').includes('\r'), out);
		t.is(stderr.writes.join('').includes('\r'), errors);
	},
});

test(terminals, true, true);
test(terminals, true, false);
test(terminals, false, true);
test(terminals, false, false);

test('--noninteractive and a dumb terminal have no line', t => {
	const io = {...fakeIo(), stderr: new FakeTerminal()};
	t.is(openScreen(io, {interactive: false}).line, undefined);
	t.is(openScreen({...io, environment: {TERM: 'dumb'}}, {interactive: true}).line, undefined);
});
