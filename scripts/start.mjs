// `npm start -- ARGS`: makes a fresh clone ready, then runs the command line in this process.
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {ROOT, runScript, setUp} from './setup.mjs';

runScript(() => setUp());
if (process.exitCode === undefined) {
	await import(pathToFileURL(path.join(ROOT, 'packages/cli/bin/halfopen.js')).href);
}
