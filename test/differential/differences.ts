// The differences that docs/nmap-differences.md lists: a rule for lines, and a list of command lines.
import {readPage, tableBelow} from '../docs/markdown.ts';

/** Lines that only one of the programs prints. */
export interface LineRule {
	/** As the page has it. */
	readonly text: string;
	readonly printedBy: 'Nmap' | 'halfopen';
	readonly pattern: RegExp;
}

export interface ListedCase {
	readonly line: string;
	readonly nmap: string;
	readonly halfopen: string;
}

const page = readPage('docs/nmap-differences.md');

export const LINE_RULES: readonly LineRule[] = tableBelow(page, 'Lines of one program').map(
	([text, printedBy]) => ({
		text,
		printedBy: printedBy as LineRule['printedBy'],
		pattern: new RegExp(`^${text.split('*').map(escaped).join('[^]*?')}\n`, 'gm'),
	}),
);

export const LISTED: readonly ListedCase[] = tableBelow(page, 'Command lines').map(
	([line, nmap, halfopen]) => ({line, nmap, halfopen}),
);

function escaped(text: string): string {
	return text.replaceAll(/[\\^$.+?()[\]{}|/-]/g, String.raw`\$&`);
}
