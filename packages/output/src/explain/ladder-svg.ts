import {micros} from '@halfopen/model';
import {counted} from '../text/counted.ts';
import {formatMilliseconds} from '../text/duration-text.ts';
import {wrapText} from '../text/wrap-text.ts';
import {xmlText} from '../xml/xml-text.ts';
import {ruleText} from './rule-text.ts';
import {likewiseText, storyTitle, targetEnd} from './story-title.ts';
import {answerTo, type PacketStep, type Story} from './story.ts';

// All lengths are in pixels.
const WIDTH = 860;
const EDGE = 28;
const LEFT = 150;
const RIGHT = 600;
/** Where a third party stands, such as a router that answers in the place of the host. */
const BETWEEN = 455;
const NOTES = RIGHT + 18;
const HEAD = 92;
const ROW = 44;
const NOTE_ROW = 36;
/** How far an arrow falls while it crosses: time goes down. */
const FALL = 10;
const TEXT_LINE = 20;
const BOX_PADDING = 14;
const BOX_CHARACTERS = 100;
const BETWEEN_STORIES = 36;
const ARROW = 8;
const LABEL_LINE = 16;
const MONO_WIDTH = 7.6;
const LABEL_CHARACTERS = 54;

const STYLE = `
svg{background:#fff;font:14px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
text{fill:#1f2328}.title{font-size:18px;font-weight:600}.end,.dim{fill:#59636e}.end{font-weight:600}.dim{font-size:12.5px}
.mono{font-family:ui-monospace,"SF Mono",Menlo,"DejaVu Sans Mono",monospace;font-size:12.5px}
.life{stroke:#d1d9e0;stroke-width:2}.third{stroke-dasharray:4 4}.sent{stroke:#0969da;fill:#0969da}.received{stroke:#8250df;fill:#8250df}
.sent,.received{stroke-width:2}.lost{stroke-dasharray:5 5;opacity:.6}.wait{stroke:#9a6700;stroke-width:2;stroke-dasharray:1 5;stroke-linecap:round}
.box{fill:#f6f8fa}.badge{fill:#fff;font-weight:600;font-size:13px}
.open{fill:#1a7f37}.closed{fill:#cf222e}.filtered{fill:#9a6700}.unknown{fill:#59636e}
@media(prefers-color-scheme:dark){svg{background:#0d1117}text{fill:#e6edf3}.end,.dim{fill:#9198a1}.life{stroke:#3d444d}.box{fill:#151b23}.badge{fill:#fff}
.sent{stroke:#4493f8;fill:#4493f8}.received{stroke:#ab7df8;fill:#ab7df8}.wait{stroke:#d29922}}
`;

/** Stories as one picture, one below the other; `leftOut` of them are only counted. */
export const ladderSvg = (stories: readonly Story[], leftOut = 0): string => {
	let y = EDGE;
	let content = '';
	for (const story of stories) {
		const drawn = drawStory(story, y);
		content += drawn.svg;
		y += drawn.height + BETWEEN_STORIES;
	}

	if (leftOut > 0 || stories.length === 0) {
		const what =
			stories.length === 0 ? 'No port to be explained' : `${counted(leftOut, 'more port')} not drawn`;
		content += text(EDGE, y + 4, what, 'dim');
		y += BETWEEN_STORIES + 10;
	}

	const height = y - BETWEEN_STORIES + EDGE;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">\n<style>${STYLE}</style>\n${content}</svg>\n`;
};

interface Drawn {
	readonly svg: string;
	readonly height: number;
}

const drawStory = (story: Story, top: number): Drawn => {
	const start = story.steps[0]?.at ?? micros(0);
	let y = top + HEAD;
	let steps = '';
	for (const step of story.steps) {
		const labels = step.kind === 'note' ? [] : labelLines(step);
		y += Math.max(0, labels.length - 1) * LABEL_LINE;
		steps += step.kind === 'note' ? drawNote(step.text, y) : drawPacket(step, labels, y, story);
		steps += text(LEFT - 16, y + 4, formatMilliseconds(micros(step.at - start)), 'dim', 'end');
		y += step.kind === 'note' ? NOTE_ROW : ROW;
	}

	if (story.stepsLeftOut > 0) {
		steps += text(LEFT + 14, y + 4, `${counted(story.stepsLeftOut, 'further step')} not shown`, 'dim');
		y += NOTE_ROW;
	}

	const box = drawBox(story, y + 4);
	return {
		svg: `<g>\n${drawHead(story, top)}${lifelines(story, top + 66, y)}${steps}${box.svg}</g>\n`,
		height: y + 4 + box.height - top,
	};
};

const drawHead = (story: Story, top: number): string => {
	const {state} = story;
	const badge = 22 + state.length * 8;
	return [
		`<rect class="${state}" x="${EDGE}" y="${top}" width="${badge}" height="24" rx="12"/>\n`,
		text(EDGE + badge / 2, top + 17, state, 'badge', 'middle'),
		text(EDGE + badge + 12, top + 18, storyTitle(story), 'title'),
		text(LEFT, top + 56, story.scanner ?? 'scanner', 'end mono', 'middle'),
		text(RIGHT, top + 56, targetEnd(story), 'end mono', 'middle'),
	].join('');
};

const lifelines = (story: Story, top: number, bottom: number): string => {
	const hasThird = story.steps.some(step => step.kind === 'packet' && step.from !== undefined);
	return [
		lifeline(LEFT, top, bottom),
		hasThird ? lifeline(BETWEEN, top, bottom, ' third') : '',
		lifeline(RIGHT, top, bottom),
	].join('');
};

const lifeline = (x: number, top: number, bottom: number, more = ''): string =>
	`<line class="life${more}" x1="${x}" y1="${top}" x2="${x}" y2="${bottom}"/>\n`;

const drawNote = (words: string, y: number): string =>
	`<line class="wait" x1="${LEFT}" y1="${y - 8}" x2="${LEFT}" y2="${y + 10}"/>\n${text(LEFT + 14, y + 4, words, 'dim')}`;

/** What a packet is, in as many lines as fit above its arrow. */
const labelLines = ({label, numbers}: PacketStep): string[] =>
	wrapText(numbers === '' ? label : `${label} ${numbers}`, LABEL_CHARACTERS);

const drawPacket = (step: PacketStep, labels: readonly string[], y: number, story: Story): string =>
	(step.direction === 'sent' ? drawProbe(step, labels, y, story) : drawAnswer(step, labels, y)) +
	text(NOTES, y + 4, step.note, 'dim');

const drawLabels = (labels: readonly string[], x: number, y: number, anchor?: 'end'): string =>
	labels
		.map((line, index) => text(x, y - 6 - (labels.length - 1 - index) * LABEL_LINE, line, 'mono', anchor))
		.join('');

const drawProbe = (step: PacketStep, labels: readonly string[], y: number, story: Story): string => {
	const answer = answerTo(step, story);
	const label = drawLabels(labels, LEFT + 14, y);
	if (answer === undefined) {
		const end = LEFT + (RIGHT - LEFT) * 0.72;
		return `${label}<line class="sent lost" x1="${LEFT}" y1="${y}" x2="${end}" y2="${y + FALL}"/>\n${text(end + 10, y + FALL + 5, '?', 'title')}`;
	}

	return label + arrow(LEFT, y, answer.from === undefined ? RIGHT : BETWEEN, y + FALL, 'sent');
};

const drawAnswer = ({from}: PacketStep, labels: readonly string[], y: number): string => {
	const x = from === undefined ? RIGHT : BETWEEN;
	const sender = from === undefined ? '' : text(x + 8, y + 5, from, 'end mono');
	const fits = labels.every(({length}) => length * MONO_WIDTH < x - LEFT - 28);
	const label = fits ? drawLabels(labels, x - 14, y, 'end') : drawLabels(labels, LEFT + 14, y);
	return label + sender + arrow(x, y, LEFT, y + FALL, 'received');
};

const arrow = (fromX: number, fromY: number, toX: number, toY: number, kind: 'sent' | 'received'): string => {
	const angle = (Math.atan2(toY - fromY, toX - fromX) * 180) / Math.PI;
	const back = toX > fromX ? -1 : 1;
	return `<line class="${kind}" x1="${fromX}" y1="${fromY}" x2="${toX + back * 3}" y2="${toY}"/>
<path class="${kind}" d="M0 0L${-ARROW * 1.4} ${-ARROW / 2}L${-ARROW * 1.4} ${ARROW / 2}Z" stroke-width="0" transform="translate(${toX + back} ${toY}) rotate(${angle.toFixed(2)})"/>
`;
};

/** The rule that was applied. */
const drawBox = (story: Story, top: number): Drawn => {
	const lines = [ruleText(story), likewiseText(story)]
		.filter(part => part !== '')
		.flatMap(part => wrapText(part, BOX_CHARACTERS));
	const height = lines.length * TEXT_LINE + 2 * BOX_PADDING - 6;
	const rows = lines.map((line, index) =>
		text(EDGE + 18, top + BOX_PADDING + 10 + index * TEXT_LINE, line, 'rule'),
	);
	return {
		svg: `<rect class="box" x="${EDGE}" y="${top}" width="${WIDTH - 2 * EDGE}" height="${height}" rx="6"/>\n<rect class="${story.state}" x="${EDGE}" y="${top}" width="4" height="${height}"/>\n${rows.join('')}`,
		height,
	};
};

const text = (x: number, y: number, words: string, style: string, anchor?: 'middle' | 'end'): string =>
	`<text class="${style}" x="${x}" y="${y}"${anchor === undefined ? '' : ` text-anchor="${anchor}"`}>${xmlText(words)}</text>\n`;
