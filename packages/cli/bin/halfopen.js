#!/usr/bin/env node
// `--version` is answered before anything else is loaded.
import {readFileSync} from 'node:fs';

const words = process.argv.slice(2);

if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
	const {version} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
	console.log(`halfopen version ${version} ( https://github.com/halfopen/halfopen )`);
} else {
	process.exit(await run()); // All is written and closed; taking Node apart would take 10 ms
}

async function run() {
	const entry = new URL('../dist/main.js', import.meta.url);
	let main;
	try {
		({main} = await import(entry.href));
	} catch (error) {
		if (error.code !== 'ERR_MODULE_NOT_FOUND' || error.url !== entry.href) {
			throw error;
		}

		console.error('halfopen: not built yet: run `npm run build` first');
		return 1;
	}

	return main(words);
}
