import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {ScanError} from '@halfopen/model';
import type {NativeAddon} from './native.ts';

/** The addon of this platform, loaded by the first call. Throws a `ScanError` that says where it was looked for. */
export const loadAddon = (): NativeAddon => (addon ??= load());

let addon: NativeAddon | undefined;

/** Both `src` and `dist` are one level below. */
const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

/** `prebuilds/` as published, then `build/Release` of a checkout. */
const PLACES = [PACKAGE, path.resolve(PACKAGE, '../..')];

const load = (): NativeAddon => {
	const require = createRequire(import.meta.url);
	const finder = require('node-gyp-build') as {resolve(directory: string): string};
	const file = PLACES.map(place => tryResolve(finder, place)).find(found => found !== undefined);
	if (file === undefined) {
		throw new ScanError('ERR_HALFOPEN_SYSTEM', notFoundText());
	}

	try {
		return require(file) as NativeAddon;
	} catch (error) {
		throw new ScanError('ERR_HALFOPEN_SYSTEM', `The addon ${file} does not load: ${textOf(error)}`, {
			cause: error,
		});
	}
};

const tryResolve = (finder: {resolve(directory: string): string}, directory: string): string | undefined => {
	try {
		return finder.resolve(directory);
	} catch {
		return undefined; // It throws only when there is none
	}
};

const notFoundText = (): string => {
	const target = `${process.platform}-${process.arch}`;
	const tried = [path.join(PLACES[0], 'prebuilds', target), path.join(PLACES[1], 'build/Release')];
	return `No addon for ${target}, Node ${process.versions.node}: looked in ${tried.join(' and ')}. In a checkout, \`npm run setup\` builds it.`;
};

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
