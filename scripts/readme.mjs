// The README of the package `halfopen` is that of the repository, with links that lead there from anywhere. It is made
// when the package is packed, and removed afterwards.
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const ROOT = path.resolve(fileURLToPath(import.meta.url), '../..');
const REPOSITORY = 'https://github.com/halfopen/halfopen/blob/main/';

const withAbsoluteLinks = text =>
	text.replaceAll(/\]\((?![a-z]+:|#)([^)\s]+)\)/g, (_, target) => `](${new URL(target, REPOSITORY)})`);

writeFileSync(
	path.join(ROOT, 'packages/cli/README.md'),
	withAbsoluteLinks(readFileSync(path.join(ROOT, 'README.md'), 'utf8')),
);
