import type {Finding, Severity} from './finding.ts';

/** The findings for people, in lines of at most `columns` characters where words allow. */
export const formatFindings = (
	findings: readonly Finding[],
	{colors, columns}: {readonly colors: boolean; readonly columns: number},
): string => {
	const width = Math.max(...findings.map(({subject}) => subject.length));
	const texts = findings.map(finding => formatFinding(finding, width, columns, colors));
	return `${verdict(findings)}\n\n${texts.join('')}`;
};

const verdict = (findings: readonly Finding[]): string => {
	const count = (severity: Severity): number =>
		findings.filter(finding => finding.severity === severity).length;
	if (count('fail') > 0) {
		return 'SYN scans are not possible here.';
	}

	const slow = count('slow');
	return slow === 0
		? 'Nothing stands in the way of a scan.'
		: `SYN scans are possible; ${slow === 1 ? 'one thing makes' : `${slow} things make`} them slower than they could be.`;
};

/** The word that each begins with, and its colour by SGR number. */
const TAGS: Readonly<Record<Severity, {readonly word: string; readonly color: number}>> = {
	fail: {word: 'FAIL', color: 31},
	slow: {word: 'slow', color: 33},
	note: {word: 'note', color: 36},
	ok: {word: 'ok', color: 32},
};

const TAG_WIDTH = 4;

const formatFinding = (finding: Finding, width: number, columns: number, colors: boolean): string => {
	const {subject, severity, seen, why, cure, command} = finding;
	const {word, color} = TAGS[severity];
	const tag = word.padEnd(TAG_WIDTH);
	const indent = TAG_WIDTH + width + 4;
	const [first, ...rest] = [seen, why, cure].flatMap(text =>
		text === undefined ? [] : wrapped(text, Math.max(columns - indent, NARROWEST)),
	);
	const lines = [
		`${colors ? paint(color, tag) : tag}  ${subject.padEnd(width)}  ${first}`,
		...rest.map(line => ' '.repeat(indent) + line),
		// A command is one line, to be copied
		...(command === undefined ? [] : [`${' '.repeat(indent)}  ${colors ? paint(BOLD, command) : command}`]),
	];
	return `${lines.join('\n')}\n${severity === 'ok' ? '' : '\n'}`;
};

const NARROWEST = 30;
const BOLD = 1;

const paint = (code: number, text: string): string => `\u001B[${code}m${text}\u001B[0m`;

/** Lines of whole words. */
const wrapped = (text: string, columns: number): string[] => {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + 1 + word.length <= columns) {
			lines[lines.length - 1] = `${last} ${word}`;
		} else {
			lines.push(word);
		}
	}

	return lines;
};
