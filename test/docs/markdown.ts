import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

export const ROOT: string = path.join(import.meta.dirname, '../..');

/** A Markdown file of the repository. */
export interface Page {
	/** From the root. */
	readonly file: string;
	readonly text: string;
}

/** A fenced block of code. */
export interface Fence {
	readonly file: string;
	/** As in `ts`; empty for none. */
	readonly language: string;
	readonly code: string;
}

const SKIPPED = new Set(['node_modules', 'dist', 'build', '.git', 'coverage', 'prebuilds']);

/** All Markdown files that are not generated. */
export const readPages = (): Page[] =>
	markdownBelow('').map(file => ({file, text: readFileSync(path.join(ROOT, file), 'utf8')}));

export const readPage = (file: string): Page => ({file, text: readFileSync(path.join(ROOT, file), 'utf8')});

const markdownBelow = (folder: string): string[] =>
	readdirSync(path.join(ROOT, folder), {withFileTypes: true}).flatMap(entry => {
		const name = path.join(folder, entry.name);
		if (entry.isDirectory()) {
			return SKIPPED.has(entry.name) ? [] : markdownBelow(name);
		}

		return entry.name.endsWith('.md') ? [name] : [];
	});

const FENCE = /^```(?<language>\w*)\n(?<code>.*?)^```$/gms;

export const fencesOf = ({file, text}: Page): Fence[] =>
	[...text.matchAll(FENCE)].map(({groups}) => ({file, language: groups!['language'], code: groups!['code']}));

/** The text without fenced code. */
export const proseOf = ({text}: Page): string => text.replaceAll(FENCE, '');

/** Rows of the table below a heading, without its head; cells as typed, without back-quotes. */
export const tableBelow = (page: Page, heading: string): string[][] => {
	const section = page.text.split(/^#+ /m).find(part => part.startsWith(`${heading}\n`)) ?? '';
	return section
		.split('\n')
		.filter(line => line.startsWith('|'))
		.slice(2)
		.map(line =>
			line
				.split('|')
				.slice(1, -1)
				.map(cell => cell.trim().replaceAll('`', '')),
		);
};
