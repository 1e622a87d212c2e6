import {spawnSync} from 'node:child_process';
import test from 'ava';
import {micros} from '@halfopen/model';
import {XMLValidator} from 'fast-xml-parser';
import {ladderSvg} from '../../src/explain/ladder-svg.ts';
import {ladderText} from '../../src/explain/ladder-text.ts';
import {StoryBook} from '../../src/explain/story-book.ts';
import type {Story} from '../../src/explain/story.ts';
import {closed, filtered, hostReport, many, open} from '../reports.ts';
import {answer, decided, RULES, syn, TARGET, unreachable} from './stories.ts';

const SYN_ACK = 0x12;
const RST_ACK = 0x14;

const openPort = (book: StoryBook, port: number): void => {
	book.packet(syn(0, port, 7));
	book.decision(decided(0, port, 0, {what: 'probe-sent'}));
	book.packet(answer(0.3, port, 7, SYN_ACK));
	book.decision(
		decided(0.3, port, 0, {what: 'state-set', state: 'open', reason: 'syn-ack', previous: 'unknown'}),
	);
};

const closedPort = (book: StoryBook, port: number): void => {
	book.packet(syn(0, port, 7));
	book.packet(answer(0.3, port, 7, RST_ACK));
	book.decision(
		decided(0.3, port, 0, {what: 'state-set', state: 'closed', reason: 'reset', previous: 'unknown'}),
	);
};

const textOf = (stories: readonly Story[]): string => stories.map(ladderText).join('');

test('an open port is a question and an answer that proves itself', t => {
	const book = new StoryBook([], 'syn');
	openPort(book, 22);
	t.is(
		textOf(book.take(hostReport([open(22)]), RULES)),
		`22/tcp (ssh) on 10.77.3.2 is open

            10.77.3.1:50000                           10.77.3.2:22
       0 ms ├── SYN seq=7 ──────────────────────────────────────▶│ try 1, from port 50000
     0.3 ms │◀─────────────────────────── SYN/ACK seq=99 ack=8 ──┤ ack is the seq of try 1, plus 1

  A SYN/ACK is the second of the three packets that open a TCP connection: a program listens
  on this port, so it is open. The third is never sent; our kernel, which knows of no such
  connection, answers with RST, and the half-open connection is gone.

`,
	);
});

test('what was sent behind a SYN may be acknowledged with it', t => {
	const book = new StoryBook([], 'syn');
	const data = new Uint8Array(25);
	book.packet(syn(0, 22, 7, 50_000, data));
	book.packet(answer(0.3, 22, 7, SYN_ACK));
	book.packet(syn(0, 23, 7, 50_000, data));
	book.packet(answer(0.3, 23, 7 + 25, RST_ACK));
	const text = textOf(book.take(hostReport([open(22), closed(23)]), RULES));
	t.regex(text, /SYN seq=7 data=25 ─+▶│ try 1/);
	t.regex(text, /SYN\/ACK seq=99 ack=8 ──┤ ack is the seq of try 1, plus 1$/m);
	t.regex(text, /RST\/ACK seq=99 ack=33 ──┤ ack is the seq of try 1, plus 1 and the data$/m);
});

test('a silent port is asked again, and then given up', t => {
	const book = new StoryBook([], 'syn');
	book.packet(syn(0, 25, 7));
	book.decision(decided(100, 25, 0, {what: 'probe-timed-out', timeout: micros(100_000)}));
	book.packet(syn(101, 25, 9, 50_001));
	book.decision(decided(201, 25, 1, {what: 'tries-exhausted'}));
	book.decision(
		decided(201, 25, 1, {what: 'state-set', state: 'filtered', reason: 'no-response', previous: 'unknown'}),
	);
	const text = textOf(book.take(hostReport([filtered(25)]), RULES));
	t.true(
		text.includes(
			`       0 ms ├── SYN seq=7 ────────────────────────────── ─ ─ ?   │ try 1, from port 50000
     100 ms │ no answer to try 1 within 100 ms                   │
     101 ms ├── SYN seq=9 ────────────────────────────── ─ ─ ?   │ try 2, from port 50001
     201 ms │ given up after 2 tries                             │
`,
		),
	);
	t.regex(text, /2 probes in a row stayed without an\n {2}answer/);
});

test('an ICMP error stops the probe where it came from', t => {
	const book = new StoryBook([], 'syn');
	const probe = syn(0, 113, 7);
	book.packet(probe);
	book.packet(unreachable(2, probe, '10.77.1.254'));
	book.decision(
		decided(2, 113, 0, {what: 'state-set', state: 'filtered', reason: 'host-unreach', previous: 'unknown'}),
	);
	const text = textOf(book.take(hostReport([filtered(113, 'host-unreach')]), RULES));
	t.true(
		text.includes(
			`       0 ms ├── SYN seq=7 ────────────▶ 10.77.1.254              │ try 1, from port 50000
            │ ICMP: Host 10.77.3.2 unreachable (type 3, code 1)  │
       2 ms │◀───────────────────────── 10.77.1.254              │ quotes the seq of try 1
`,
		),
	);
	t.regex(text, /10\.77\.1\.254\n? +says that the probe does not get to the\s+port/);
});

test('what the trace does not have follows from the decisions', t => {
	const book = new StoryBook([], 'connect');
	book.decision(decided(0, 80, 0, {what: 'probe-sent'}));
	const reply = {what: 'reply-matched', rtt: micros(1000), state: 'open', reason: 'syn-ack'} as const;
	book.decision(decided(1, 80, 0, reply));
	book.decision(
		decided(1, 80, 0, {what: 'state-set', state: 'open', reason: 'syn-ack', previous: 'unknown'}),
	);
	const text = textOf(book.take(hostReport([open(80)]), RULES));
	t.regex(text, /├── connect\(\) ─+▶│ try 1\n/);
	t.regex(text, /│◀─+ accepted ──┤ answers try 1 after 1 ms\n/);
	t.regex(text, /The connection was accepted/);
});

test('packets that are told late have their place all the same', t => {
	const book = new StoryBook([], 'syn');
	book.decision(
		decided(0.3, 22, 0, {what: 'state-set', state: 'open', reason: 'syn-ack', previous: 'unknown'}),
	);
	book.packet(answer(0.3, 22, 7, SYN_ACK));
	book.packet(syn(0, 22, 7));
	const [{steps}] = book.take(hostReport([open(22)]), RULES);
	t.deepEqual(
		steps.map(step => step.kind === 'packet' && [step.direction, step.attempt]),
		[
			['sent', 1],
			['received', 1],
		],
	);
});

test('what is sent after a port has its state is no part of its story, unless the state changes', t => {
	const book = new StoryBook([], 'syn');
	book.packet(syn(0, 22, 7));
	book.decision(
		decided(100, 22, 0, {what: 'state-set', state: 'filtered', reason: 'no-response', previous: 'unknown'}),
	);
	book.packet(syn(150, 22, 11));
	book.packet(answer(160, 22, 7, SYN_ACK));
	book.decision(
		decided(160, 22, 0, {what: 'state-set', state: 'open', reason: 'syn-ack', previous: 'filtered'}),
	);
	const [{steps, state}] = book.take(hostReport([open(22)]), RULES);
	t.is(state, 'open');
	t.deepEqual(
		steps.map(step => (step.kind === 'note' ? step.text : `${step.direction} ${step.label}`)),
		['sent SYN', 'received SYN/ACK', 'no longer filtered, but open'],
	);
});

test('of ports that are only counted one is an example', t => {
	const book = new StoryBook([], 'syn');
	for (let port = 1000; port < 1040; port++) {
		closedPort(book, port);
	}

	openPort(book, 2000);
	const stories = book.take(hostReport([...many(40, 1000, closed), open(2000)]), RULES);
	t.deepEqual(
		stories.map(({port, likewise}) => [port, likewise]),
		[
			[2000, 0],
			[1000, 39],
		],
	);
	t.regex(textOf(stories), / {2}39 more ports of this host are closed for the same reason \(reset\)\.\n/);
});

test('only the ports that are asked for are kept', t => {
	const book = new StoryBook([23], 'syn');
	openPort(book, 22);
	closedPort(book, 23);
	t.deepEqual(
		book.take(hostReport([open(22), closed(23)]), RULES).map(({port}) => port),
		[23],
	);
});

test('memory is bounded, and it is known when that left something out', t => {
	const book = new StoryBook([], 'syn');
	for (let port = 1; port <= 10_000; port++) {
		closedPort(book, port);
	}

	t.false(book.isFull);
	closedPort(book, 10_001);
	t.true(book.isFull);
	t.is(book.takeRest().length, 10_000);
});

test('a host that was told of begins no new story, and without reports all is told at the end', t => {
	const book = new StoryBook([], 'syn');
	openPort(book, 22);
	t.is(book.take(hostReport([open(22)]), RULES).length, 1);
	openPort(book, 22);
	t.is(book.takeRest().length, 0);

	const alone = new StoryBook([], 'syn');
	openPort(alone, 80);
	openPort(alone, 22);
	t.deepEqual(
		alone.takeRest().map(({address, port}) => [address, port]),
		[
			[TARGET, 22],
			[TARGET, 80],
		],
	);
});

test('the picture is well-formed, and has what the text has', t => {
	const book = new StoryBook([], 'syn');
	openPort(book, 22);
	closedPort(book, 23);
	const svg = ladderSvg(book.take(hostReport([open(22), closed(23)]), RULES), 3);
	t.true(XMLValidator.validate(svg) === true);
	for (const words of [
		'22/tcp (ssh) on 10.77.3.2 is open',
		'SYN seq=7',
		'SYN/ACK seq=99 ack=8',
		'3 more ports',
	]) {
		t.true(svg.includes(words), words);
	}

	t.true(XMLValidator.validate(ladderSvg([])) === true);
	const {error, status} = spawnSync('xmllint', ['--noout', '-'], {input: svg});
	t.true(error !== undefined || status === 0);
});

test('packets that asked for the host are no part of the story of a port', t => {
	const book = new StoryBook([], 'syn');
	book.packet(syn(0, 443, 5, 50_090));
	book.decision(decided(0.2, 0, 0, {what: 'host-decided', status: 'up', reason: 'echo-reply', tries: 1}));
	book.packet(syn(1, 443, 7));
	book.packet(answer(1.3, 443, 7, SYN_ACK));
	book.decision(
		decided(1.3, 443, 0, {what: 'state-set', state: 'open', reason: 'syn-ack', previous: 'unknown'}),
	);
	const text = textOf(book.take(hostReport([open(443)]), RULES));
	t.is(text.match(/├── SYN/g)?.length, 1);
	t.regex(text, /0 ms ├── SYN seq=7 ─+▶│ try 1, from port 50000/);
});
