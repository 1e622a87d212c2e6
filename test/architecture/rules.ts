import {builtinModules} from 'node:module';
import path from 'node:path';
import type {SourceFile, SourcePackage, SourceTree} from './source-tree.ts';

/** Who may import whom. A new edge is a design decision: change it here, in review. */
const PACKAGE_EDGES: Readonly<Record<string, readonly string[]>> = {
	model: [],
	targets: ['model'],
	timing: ['model'],
	classify: ['model'],
	services: ['model'],
	vendors: [],
	engine: ['model', 'targets', 'timing', 'classify'],
	native: ['model'],
	connect: ['model'],
	simulator: ['model'],
	output: ['model', 'services'],
	scanner: [
		'model',
		'targets',
		'timing',
		'classify',
		'services',
		'engine',
		'native',
		'connect',
		'simulator',
		'output',
	],
	bench: ['model', 'targets', 'engine', 'native', 'scanner'],
	diff: ['model'],
	doctor: ['model', 'native'],
	cli: ['model', 'targets', 'timing', 'services', 'vendors', 'output', 'scanner', 'bench', 'diff', 'doctor'],
};

/** Who may include whom below native/src, by folder. */
const NATIVE_EDGES: Readonly<Record<string, readonly string[]>> = {
	wire: [],
	ring: [],
	probe: ['wire', 'ring'],
	io: ['wire', 'ring', 'probe'],
	addon: ['io', 'probe', 'ring', 'wire'],
};

/** Folders of native/src that include nothing but the standard library and what the table above grants. */
const STANDARD_ONLY = ['wire', 'ring'];

/** Packages that compute and do nothing else. */
const PURE = ['model', 'timing', 'classify'];

/** What a package may not do, unless it is one of those that are there for it. */
const PRIVILEGES: readonly {what: string; pattern: RegExp; packages: readonly string[]}[] = [
	{
		what: 'talks to the user through process or console',
		pattern:
			/(?<![.])\bprocess\.(?:stdout|stderr|stdin|exit|exitCode|argv|on|once)\b|\bconsole\.|\bnode:process\b/,
		packages: ['cli'],
	},
	{
		what: 'reads a clock',
		pattern: /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bhrtime\b/,
		packages: ['cli', 'scanner', 'native', 'connect', 'bench'],
	},
	{
		what: 'loads native code',
		pattern: /\bnode-gyp-build\b|\.node['"`]|\bprocess\.dlopen\b/,
		packages: ['native'],
	},
];

/** Everything in the tree that breaks a rule: one sentence each. */
export const findViolations = (tree: SourceTree): string[] => [
	...tree.packages.flatMap(one => [
		...findWrongImports(one, tree.packages),
		...findUnusedDependencies(one),
		...findPrivileges(one),
	]),
	...tree.native.flatMap(file => findWrongIncludes(file)),
];

const findWrongImports = (one: SourcePackage, packages: readonly SourcePackage[]): string[] => {
	if (PACKAGE_EDGES[one.folder] === undefined) {
		return [`packages/${one.folder} has no row in the table of edges`];
	}

	return one.sources.flatMap(source =>
		importsOf(source).flatMap(specifier => {
			const problem = specifier.startsWith('.')
				? relativeImportProblem(one, source, specifier)
				: importProblem(one, source, packages, specifier);
			return problem === undefined ? [] : [`${source.file} imports ${specifier}, ${problem}`];
		}),
	);
};

const relativeImportProblem = (
	{folder}: SourcePackage,
	{file}: SourceFile,
	specifier: string,
): string | undefined =>
	path.posix.join(path.posix.dirname(file), specifier).startsWith(`packages/${folder}/`)
		? undefined
		: 'a file outside its package';

const importProblem = (
	{folder, dependencies, optionalDependencies}: SourcePackage,
	source: SourceFile,
	packages: readonly SourcePackage[],
	specifier: string,
): string | undefined => {
	if (isBuiltin(specifier)) {
		return PURE.includes(folder) ? 'a module of Node, and is to be pure' : undefined;
	}

	const name = packageName(specifier);
	const imported = packages.find(other => other.name === name)?.folder;
	if (imported !== undefined && !PACKAGE_EDGES[folder].includes(imported)) {
		return 'an edge that the table does not have';
	}

	if (optionalDependencies.includes(name)) {
		return isLoadedLazily(source, specifier) ? undefined : 'which may be missing, in an import that needs it';
	}

	return dependencies.includes(name) ? undefined : 'which its manifest does not declare';
};

/** Whether the file loads without it: types and `import()` alone name it. */
const isLoadedLazily = ({text}: SourceFile, specifier: string): boolean =>
	![...withoutComments(text).matchAll(STATIC_IMPORT)].some(([, imported]) => imported === specifier);

const STATIC_IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^;']*\sfrom\s+)?'([^']+)'/gm;

const findUnusedDependencies = ({
	folder,
	dependencies,
	optionalDependencies,
	sources,
}: SourcePackage): string[] => {
	const used = new Set(sources.flatMap(source => importsOf(source).map(packageName)));
	return [...dependencies, ...optionalDependencies]
		.filter(name => !used.has(name))
		.map(name => `packages/${folder}/package.json declares ${name}, which nothing imports`);
};

const findPrivileges = ({folder, sources}: SourcePackage): string[] =>
	PRIVILEGES.filter(({packages}) => !packages.includes(folder)).flatMap(({what, pattern, packages}) =>
		sources
			.filter(source => pattern.test(withoutComments(source.text)))
			.map(({file}) => `${file} ${what}, which is for ${packages.join(', ')}`),
	);

const findWrongIncludes = ({file, text}: SourceFile): string[] => {
	const folder = file.split('/')[2];
	const allowed = NATIVE_EDGES[folder];
	if (allowed === undefined) {
		return [`native/src/${folder} has no row in the table of edges`];
	}

	return [...text.matchAll(/^\s*#\s*include\s+([<"])([^>"]+)[>"]/gm)].flatMap(([, bracket, header]) => {
		const problem =
			bracket === '<' ? systemIncludeProblem(folder, header) : includeProblem(folder, header, allowed);
		return problem === undefined ? [] : [`${file} includes ${header}, ${problem}`];
	});
};

const systemIncludeProblem = (folder: string, header: string): string | undefined => {
	if (/^(?:napi|node_api)/.test(header) && folder !== 'addon') {
		return 'which is for native/src/addon';
	}

	return STANDARD_ONLY.includes(folder) && !/^[a-z_]+$/.test(header)
		? 'which is not of the C++ standard library'
		: undefined;
};

const includeProblem = (folder: string, header: string, allowed: readonly string[]): string | undefined => {
	const target = header.split('/')[0];
	if (/^(?:napi|node_api)/.test(header)) {
		return folder === 'addon' ? undefined : 'which is for native/src/addon';
	}

	return target === folder || allowed.includes(target) ? undefined : 'an edge that the table does not have';
};

/** What the file imports, types included. */
const importsOf = ({text}: SourceFile): string[] =>
	[...withoutComments(text).matchAll(IMPORT)].map(match => match.slice(1).find(Boolean) as string);

const IMPORT =
	/^import\s+(?:[^;']*\sfrom\s+)?'([^']+)'|^export\s[^;'=(]*\sfrom\s+'([^']+)'|\b(?:import|require)\(\s*'([^']+)'/gm;

/** Comments stand on lines of their own, or after two slashes and a blank. */
const withoutComments = (text: string): string =>
	text
		.split('\n')
		.filter(line => !/^\s*(?:\/\/|\/\*|\*)/.test(line))
		.map(line => line.replace(/ \/\/ .*$/, ''))
		.join('\n');

const isBuiltin = (specifier: string): boolean =>
	specifier.startsWith('node:') || builtinModules.includes(specifier);

/** `@scope/name/part` -> `@scope/name`. */
const packageName = (specifier: string): string =>
	specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
