import {micros, PROBE_KIND} from '@halfopen/model';
import test from 'ava';
import {StoryBook} from '../../src/explain/story-book.ts';
import {hostReport, open} from '../reports.ts';
import {decided, RULES} from './stories.ts';

const asked = (book: StoryBook, milliseconds: number, attempt: number): void => {
	book.decision(decided(milliseconds, 0, attempt, {what: 'host-asked', probe: PROBE_KIND.echo}));
	book.decision(decided(milliseconds, 443, attempt, {what: 'host-asked', probe: PROBE_KIND.syn}));
	book.decision(decided(milliseconds, 80, attempt, {what: 'host-asked', probe: PROBE_KIND.ack}));
};

test('how a host was found is drawn from what was decided', t => {
	const book = new StoryBook([], 'syn');
	asked(book, 0, 0);
	const answered = {what: 'host-answered', rtt: micros(300), reason: 'reset', says: 'up'} as const;
	book.decision(decided(0.3, 80, 0, answered));
	book.decision(decided(0.3, 0, 0, {what: 'host-decided', status: 'up', reason: 'reset', tries: 1}));
	const report = hostReport([open(22)], {reason: 'reset'});
	t.is(
		book.takeHost(report, RULES),
		`10.77.3.2 is up

            scanner                                      10.77.3.2
       0 ms ├── ICMP echo ────────────────────────────── ─ ─ ?   │ try 1
       0 ms ├── TCP SYN to 443 ───────────────────────── ─ ─ ?   │ try 1
       0 ms ├── TCP ACK to 80 ──────────────────────────────────▶│ try 1
     0.3 ms │◀────────────────────────────────────────── reset ──┤ answers try 1 after 0.3 ms

  An RST refuses what belongs to no connection: something speaks TCP there, so the host is up,
  unless a firewall sends it in the name of others (--discovery-ignore-rst).

`,
	);
	t.is(book.takeHost(report, RULES), '');
});

test('what happened to a host is drawn in order of time, though a probe may be told of late', t => {
	const book = new StoryBook([], 'syn');
	book.decision(decided(0, 0, 0, {what: 'host-asked', probe: PROBE_KIND.echo}));
	const answered = {what: 'host-answered', rtt: micros(100), reason: 'echo-reply', says: 'up'} as const;
	book.decision(decided(0.1, 0, 0, answered));
	book.decision(decided(0.05, 80, 0, {what: 'host-asked', probe: PROBE_KIND.ack}));
	t.deepEqual(book.takeHost(hostReport([], {reason: 'echo-reply'}), RULES).match(/[\d.]+ ms (?=[├│])/g), [
		'0 ms ',
		'0.05 ms ',
		'0.1 ms ',
	]);
});

const storyOfSilence = (rules: typeof RULES): string => {
	const book = new StoryBook([], 'syn');
	asked(book, 0, 0);
	book.decision(decided(500, 0, 0, {what: 'host-silent', waited: micros(500_000)}));
	asked(book, 500, 1);
	book.decision(decided(1500, 0, 1, {what: 'host-decided', status: 'down', reason: 'no-response', tries: 2}));
	return book.takeHost(hostReport([], {status: 'down', reason: 'no-response'}), rules);
};

test('a host that is down is told of when its report is', t => {
	t.is(storyOfSilence(RULES), '');
	const text = storyOfSilence({...RULES, verbosity: 1});
	t.regex(text, /^10\.77\.3\.2 is down$/m);
	t.regex(text, /500 ms │ no sign of it after try 1 within 500 ms +│/);
	t.regex(text, /2 tries stayed without an answer: there is no host at 10\.77\.3\.2/);
});

test('what a router says of a host comes from the way', t => {
	const book = new StoryBook([], 'syn');
	asked(book, 0, 0);
	const answered = {
		what: 'host-answered',
		rtt: undefined,
		reason: 'host-unreach',
		says: 'unreachable',
	} as const;
	book.decision(decided(3, 443, 0, answered));
	const text = book.takeHost(hostReport([], {status: 'down', reason: 'host-unreach'}), {
		...RULES,
		verbosity: 1,
	});
	t.regex(text, /TCP SYN to 443 ─+▶ on the way/);
	t.regex(text, /◀─+ on the way/);
	t.regex(text, /A router says that the way to the host is closed \(host-unreach\)/);
});
