import {type CommandIo, stringOf, type TextSink} from '../process/io.ts';

/**
 * Whether text for a sink is to be coloured: at a terminal, unless NO_COLOR is set (https://no-color.org); FORCE_COLOR
 * decides before both, `0` and `false` meaning no.
 */
export const wantsColours = (
	{terminal}: Pick<TextSink, 'terminal'>,
	{FORCE_COLOR: forced = '', NO_COLOR: refused = '', TERM: kind}: CommandIo['environment'],
): boolean => {
	if (forced !== '') {
		return forced !== '0' && forced !== 'false';
	}

	return terminal !== undefined && refused === '' && kind !== 'dumb';
};

/** A sink whose lines are coloured on their way. */
export const inColours = (sink: TextSink): TextSink => ({
	...sink,
	write: async text => sink.write(coloured(stringOf(text))),
});

/** Whole lines of a report or of messages, coloured by what they say. Text from the network has no colours: it is escaped. */
export const coloured = (text: string): string =>
	text.replaceAll(/^.+$/gm, line => {
		const rule = RULES.find(([pattern]) => pattern.test(line));
		return rule === undefined ? line : line.replace(rule[0], rule[1]);
	});

const paint = (code: number, text: string): string => `\u001B[${code}m${text}\u001B[0m`;

const [BOLD, DIM, RED, GREEN, YELLOW, CYAN] = [1, 2, 31, 32, 33, 36];

const STATE_COLOURS: Readonly<Record<string, number>> = {open: GREEN, closed: RED, filtered: YELLOW};

const RULES: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
	[
		/^(\d+\/tcp +)(open|closed|filtered)\b/,
		(_, port, state) => `${port}${paint(STATE_COLOURS[state], state)}`,
	],
	[/^Nmap scan report for .*$/, line => paint(BOLD, line)],
	[/^PORT +STATE\b.*$/, line => paint(DIM, line)],
	[/^(?:Discovered open port|DECIDE) .*$/, line => paint(CYAN, line)],
	[/^(?:SENT|RCVD) .*$/, line => paint(DIM, line)],
	[/^halfopen: warning:/, line => paint(YELLOW, line)],
	[/^halfopen:/, line => paint(RED, line)],
];
