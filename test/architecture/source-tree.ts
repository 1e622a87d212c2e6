import {globSync, readFileSync} from 'node:fs';
import path from 'node:path';

/** A source file: its path from the root of the tree, and its text. */
export interface SourceFile {
	readonly file: string;
	readonly text: string;
}

/** A package of the workspace, as far as the rules look at it. */
export interface SourcePackage {
	/** The folder in `packages/`. */
	readonly folder: string;
	/** As in its manifest. */
	readonly name: string;
	readonly dependencies: readonly string[];
	/** What it has to do without when it is not installed. */
	readonly optionalDependencies: readonly string[];
	readonly sources: readonly SourceFile[];
}

/** What the rules of the architecture are checked on. */
export interface SourceTree {
	readonly packages: readonly SourcePackage[];
	/** C++ below native/src. */
	readonly native: readonly SourceFile[];
}

interface Manifest {
	readonly name: string;
	readonly dependencies?: Readonly<Record<string, string>>;
	readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Reads the tree at this root. */
export const readSourceTree = (root: string): SourceTree => ({
	packages: globSync('packages/*/package.json', {cwd: root}).map(manifest => readPackage(root, manifest)),
	native: readSources(root, 'native/src/**/*.{h,cc}'),
});

const readPackage = (root: string, manifest: string): SourcePackage => {
	const {
		name,
		dependencies = {},
		optionalDependencies = {},
	} = JSON.parse(readFileSync(path.join(root, manifest), 'utf8')) as Manifest;
	const folder = path.basename(path.dirname(manifest));
	return {
		folder,
		name,
		dependencies: Object.keys(dependencies),
		optionalDependencies: Object.keys(optionalDependencies),
		sources: readSources(root, `packages/${folder}/src/**/*.ts`),
	};
};

const readSources = (root: string, pattern: string): SourceFile[] =>
	globSync(pattern, {cwd: root}).map(file => ({file, text: readFileSync(path.join(root, file), 'utf8')}));
