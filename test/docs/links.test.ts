// Every relative link of every page leads somewhere: to a file, to a heading in it, and where the text of the link is
// a name in code, to a file that has this name.
import {existsSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {proseOf, readPage, readPages, ROOT, type Page} from './markdown.ts';

interface Link {
	readonly text: string;
	readonly target: string;
}

const linksOf = (page: Page): Link[] =>
	[...proseOf(page).matchAll(/\[(?<text>[^\]]+)\]\((?<target>[^)\s]+)\)/g)].map(({groups}) => ({
		text: groups!['text'],
		target: groups!['target'],
	}));

/** The anchors of a page, as GitHub makes them. */
const anchorsOf = (page: Page): Set<string> => {
	const anchors = new Set<string>();
	for (const [, heading] of proseOf(page).matchAll(/^#+ (.+)$/gm)) {
		const anchor = heading
			.toLowerCase()
			.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
			.replaceAll(' ', '-');
		anchors.add(anchor);
	}

	return anchors;
};

/** What is wrong with a link, or `undefined`. */
const problemOf = (page: Page, {text, target}: Link): string | undefined => {
	if (/^[a-z]+:/.test(target)) {
		return undefined;
	}

	const [name, anchor] = target.split('#');
	const file = name === '' ? page.file : path.join(path.dirname(page.file), name);
	const place = path.join(ROOT, file);
	if (!existsSync(place)) {
		return `${page.file}: there is no ${target}`;
	}

	if (anchor !== undefined && !anchorsOf(readPage(file)).has(anchor)) {
		return `${page.file}: there is no heading #${anchor} in ${file}`;
	}

	const [, code] = /^`([A-Za-z_]\w*)`$/.exec(text) ?? [];
	return code !== undefined && statSync(place).isFile() && !hasWord(readFileSync(place, 'utf8'), code)
		? `${page.file}: there is no \`${code}\` in ${file}`
		: undefined;
};

const hasWord = (content: string, word: string): boolean => new RegExp(`\\b${word}\\b`).test(content);

test('every relative link leads somewhere', t => {
	const pages = readPages();
	t.true(pages.some(page => linksOf(page).length > 0));
	t.deepEqual(
		pages.flatMap(page => linksOf(page).flatMap(link => problemOf(page, link) ?? [])),
		[],
	);
});

const finds = test.macro({
	title: (_, text: string) => `found: ${text}`,
	exec(t, text: string, problem: string) {
		const page = {file: 'README.md', text};
		t.deepEqual(
			linksOf(page).map(link => problemOf(page, link)),
			[problem],
		);
	},
});

test(finds, '[gone](docs/gone.md)', 'README.md: there is no docs/gone.md');
test(
	finds,
	'[part](CONTRIBUTING.md#nothing-of-the-kind)',
	'README.md: there is no heading #nothing-of-the-kind in CONTRIBUTING.md',
);
test(
	finds,
	'[`scanEverything`](packages/scanner/src/scan.ts)',
	'README.md: there is no `scanEverything` in packages/scanner/src/scan.ts',
);
