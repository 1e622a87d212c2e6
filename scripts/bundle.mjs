// Makes the JavaScript of each package from its `src`: one file rather than one for each source, since loading hundreds
// of small modules takes longer than a small scan. What is imported when it is needed stays a file of its own, and
// other packages stay imports. `tsc -b` checks types and writes declarations beside it, no JavaScript.
import {existsSync, mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {rolldown} from 'rolldown';

const PACKAGES = path.resolve(fileURLToPath(import.meta.url), '../../packages');

/** What is started by the name of its file, besides the `index` that every package has. */
const PROGRAMS = {
	bench: ['programs/listener', 'programs/worker'],
	cli: ['main'],
	scanner: ['worker/scan-thread'],
};

const bundle = async name => {
	const entries = ['index', ...(PROGRAMS[name] ?? [])];
	const bundler = await rolldown({
		cwd: path.join(PACKAGES, name),
		input: Object.fromEntries(entries.map(entry => [path.basename(entry), `src/${entry}.ts`])),
		external: /^[^./]/, // Whatever is not a path: other packages and the modules of Node
		platform: 'node',
		transform: {target: 'es2023'},
	});
	const {output} = await bundler.generate({
		// All files are in `dist` itself, so that `new URL('..', import.meta.url)` is the package as it is in `src`
		chunkFileNames: '[name].js',
		codeSplitting: {groups: [{name: 'shared', minShareCount: 2}]},
		sourcemap: true,
		sourcemapExcludeSources: true, // `src` is published
	});
	await bundler.close();
	replaceJavaScript(path.join(PACKAGES, name, 'dist'), output);
	removeDeclarations(path.join(PACKAGES, name));
};

/** Writes the files, and removes those that were made before and are no more. */
const replaceJavaScript = (folder, output) => {
	mkdirSync(folder, {recursive: true});
	for (const {fileName, code, source} of output) {
		writeFileSync(path.join(folder, fileName), code ?? source);
	}

	const wanted = new Set(output.map(file => file.fileName));
	for (const name of readdirSync(folder, {recursive: true})) {
		if (/\.js(\.map)?$/.test(name) && !wanted.has(name)) {
			rmSync(path.join(folder, name));
		}
	}
};

/** Removes those of sources that are no more: `tsc -b` leaves them behind. */
const removeDeclarations = folder => {
	for (const name of readdirSync(path.join(folder, 'dist'), {recursive: true})) {
		const source = name.replace(/\.d\.ts(\.map)?$/, '.ts');
		if (source !== name && !existsSync(path.join(folder, 'src', source))) {
			rmSync(path.join(folder, 'dist', name));
		}
	}
};

await Promise.all(readdirSync(PACKAGES).map(bundle));
