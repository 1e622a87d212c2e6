import {micros} from '@halfopen/model';
import {formatMilliseconds} from '../text/duration-text.ts';
import {counted} from '../text/counted.ts';
import {wrapText} from '../text/wrap-text.ts';
import {ruleText} from './rule-text.ts';
import {likewiseText, storyTitle, targetEnd} from './story-title.ts';
import {answerTo, type PacketStep, type Step, type Story} from './story.ts';

/** Between the two ends. */
const LANE = 52;
/** For times, to the left of the ladder. */
const MARGIN = 11;
const RULE_WIDTH = 92;

/** The story of a port as a ladder for the terminal: the scanner left, the port right, time going down. */
export const ladderText = (story: Story): string =>
	drawLadder({
		title: storyTitle(story),
		scanner: story.scanner ?? 'scanner',
		target: targetEnd(story),
		steps: story.steps,
		stepsLeftOut: story.stepsLeftOut,
		words: [ruleText(story), likewiseText(story)],
	});

/** What a ladder is drawn from. */
export interface Ladder extends Pick<Story, 'steps' | 'stepsLeftOut'> {
	readonly title: string;
	/** The names of both ends. */
	readonly scanner: string;
	readonly target: string;
	/** What is said below; empty ones are left out. */
	readonly words: readonly string[];
}

export const drawLadder = (ladder: Ladder): string => {
	const {title, steps, stepsLeftOut, words} = ladder;
	const start = steps[0]?.at ?? micros(0);
	return [
		title,
		'',
		ends(ladder),
		...steps.flatMap(step => rows(step, formatMilliseconds(micros(step.at - start)), ladder)),
		...(stepsLeftOut === 0 ? [] : [rung('', ` ${counted(stepsLeftOut, 'further step')} not shown`)]),
		'',
		...words
			.filter(text => text !== '')
			.flatMap(text => wrapText(text, RULE_WIDTH))
			.map(line => `  ${line}`),
		'',
		'',
	]
		.map(line => line.trimEnd())
		.join('\n');
};

const ends = ({scanner, target}: Ladder): string => {
	const gap = ' '.repeat(Math.max(2, LANE + 2 - scanner.length - target.length));
	return `${' '.repeat(MARGIN)} ${scanner}${gap}${target}`;
};

const rows = (step: Step, time: string, ladder: Ladder): string[] => {
	if (step.kind === 'note') {
		return [rung(time, ` ${step.text}`)];
	}

	const words = [step.label, step.numbers].filter(text => text !== '').join(' ');
	return step.direction === 'sent'
		? [rung(time, probe(words, answerTo(step, ladder)), step.note, '├')]
		: answer(step, words, time);
};

/** A line of the ladder. The lane is cut or filled to its width. */
const rung = (time: string, lane: string, note = '', left = '│', right = '│'): string =>
	`${time.padStart(MARGIN)} ${left}${lane.slice(0, LANE).padEnd(LANE)}${right} ${note}`;

/** An arrow that gets as far as the answer shows: to the port, to who answered in its place, or nobody knows where. */
const probe = (words: string, answeredBy: PacketStep | undefined): string => {
	const shaft = `── ${words} `;
	if (answeredBy === undefined) {
		return `${shaft.padEnd(LANE - 9, '─')} ─ ─ ?`;
	}

	return answeredBy.from === undefined
		? `${shaft.padEnd(LANE - 1, '─')}▶`
		: `${shaft.padEnd(LANE - 16 - answeredBy.from.length, '─')}▶ ${answeredBy.from}`;
};

const answer = ({from, note}: PacketStep, words: string, time: string): string[] => {
	const shaft = ` ${words} ──`;
	if (from === undefined && shaft.length < LANE) {
		return [rung(time, `◀${shaft.padStart(LANE - 1, '─')}`, note, '│', '┤')];
	}

	const above = wrapText(words, LANE - 2).map(line => rung('', ` ${line}`));
	return from === undefined
		? [...above, rung(time, `◀${'─'.repeat(LANE - 1)}`, note, '│', '┤')]
		: [...above, rung(time, `◀${` ${from}`.padStart(LANE - 15, '─')}`, note)];
};
