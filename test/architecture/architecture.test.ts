import path from 'node:path';
import test from 'ava';
import {findViolations} from './rules.ts';
import {readSourceTree, type SourceFile, type SourcePackage, type SourceTree} from './source-tree.ts';

const ROOT = path.join(import.meta.dirname, '../..');

test('the tree follows the rules of the architecture', t => {
	t.deepEqual(findViolations(readSourceTree(ROOT)), []);
});

test('the tree that is checked is the whole one', t => {
	const {packages, native} = readSourceTree(ROOT);
	t.is(packages.length, 16);
	t.true(packages.every(({sources}) => sources.length > 0));
	t.true(native.some(({file}) => file.startsWith('native/src/wire/')));
	t.true(native.some(({file}) => file.startsWith('native/src/addon/')));
});

const finds = test.macro({
	title: (_, violation: string) => `found: ${violation}`,
	exec(t, violation: string, tree: Partial<SourceTree>) {
		t.deepEqual(findViolations({packages: [], native: [], ...tree}), [violation]);
	},
});

const findsNothing = test.macro((t, tree: Partial<SourceTree>) => {
	t.deepEqual(findViolations({packages: [], native: [], ...tree}), []);
});

/** A package with one source file. */
const pack = (folder: string, text: string, dependencies: readonly string[] = []): SourcePackage => ({
	folder,
	name: folder === 'cli' ? 'halfopen' : `@halfopen/${folder}`,
	dependencies,
	optionalDependencies: [],
	sources: [{file: `packages/${folder}/src/index.ts`, text}],
});

const cpp = (file: string, text: string): SourceFile => ({file: `native/src/${file}`, text});

const model = pack('model', '');

test(finds, 'packages/engine/src/index.ts imports @halfopen/native, an edge that the table does not have', {
	packages: [
		pack('engine', "import {openNativeTransport} from '@halfopen/native';\n", ['@halfopen/native']),
		pack('native', ''),
	],
});

test(finds, 'packages/timing/src/index.ts imports @halfopen/model, which its manifest does not declare', {
	packages: [pack('timing', "import type {\n\tMicros,\n} from '@halfopen/model';\n"), model],
});

test(finds, 'packages/timing/package.json declares @halfopen/model, which nothing imports', {
	packages: [pack('timing', "// import type {Micros} from '@halfopen/model';\n", ['@halfopen/model']), model],
});

test(finds, 'packages/output/src/index.ts imports ../../model/src/time.ts, a file outside its package', {
	packages: [pack('output', "export * from '../../model/src/time.ts';\n")],
});

test(finds, 'packages/classify/src/index.ts imports node:net, a module of Node, and is to be pure', {
	packages: [pack('classify', "const net = await import('node:net');\n")],
});

test(finds, 'packages/timing/src/index.ts imports fs, a module of Node, and is to be pure', {
	packages: [pack('timing', "import 'fs';\n")],
});

test(finds, 'packages/targets/src/index.ts imports left-pad, which its manifest does not declare', {
	packages: [pack('targets', "const pad = require('left-pad');\n")],
});

const vendors = pack('vendors', '');

/** A command line that may miss the names of vendors. */
const withVendors = (text: string): SourcePackage => ({
	...pack('cli', text),
	optionalDependencies: [vendors.name],
});

test(
	finds,
	'packages/cli/src/index.ts imports @halfopen/vendors, which may be missing, in an import that needs it',
	{packages: [withVendors("import {vendorOf} from '@halfopen/vendors';\n"), vendors]},
);

test(finds, 'packages/cli/package.json declares @halfopen/vendors, which nothing imports', {
	packages: [withVendors(''), vendors],
});

test('what may be missing is loaded by import()', findsNothing, {
	packages: [
		withVendors(
			"import type * as vendors from '@halfopen/vendors';\nconst loaded = await import('@halfopen/vendors');\n",
		),
		vendors,
	],
});

test(finds, 'packages/helpers has no row in the table of edges', {packages: [pack('helpers', '')]});

const TALK =
	'packages/scanner/src/index.ts talks to the user through process or console, which is for cli' as const;
for (const text of [
	"console.log('hi');",
	'process.exit(1);',
	"process.stderr.write('x');",
	'process.exitCode = 1;',
]) {
	test(`${text} is talk`, t => {
		t.deepEqual(findViolations({packages: [pack('scanner', text)], native: []}), [TALK]);
	});
}

test(finds, 'packages/engine/src/index.ts reads a clock, which is for cli, scanner, native, connect, bench', {
	packages: [pack('engine', 'const start = Date.now();\n')],
});

test(finds, 'packages/scanner/src/index.ts loads native code, which is for native', {
	packages: [pack('scanner', "load('halfopen.node');\n")],
});

test(finds, 'native/src/io/sender.h includes napi.h, which is for native/src/addon', {
	native: [cpp('io/sender.h', '#include <napi.h>\n')],
});

test(finds, 'native/src/wire/tcp.h includes netinet/tcp.h, which is not of the C++ standard library', {
	native: [cpp('wire/tcp.h', '#include <cstdint>\n#include <netinet/tcp.h>\n')],
});

test(finds, 'native/src/probe/cookie.cc includes io/clock.h, an edge that the table does not have', {
	native: [cpp('probe/cookie.cc', '#include "probe/cookie.h"\n#include "io/clock.h"\n')],
});

test(finds, 'native/src/misc has no row in the table of edges', {native: [cpp('misc/a.h', '')]});

test('what the rules grant is no violation', findsNothing, {
	packages: [
		model,
		pack('services', '', []),
		pack(
			'cli',
			"import {micros} from '@halfopen/model';\nexport * from '@halfopen/services';\nconsole.log(Date.now(), micros);\nprocess.exit();\n",
			['@halfopen/model', '@halfopen/services'],
		),
		pack('native', "createRequire(import.meta.url)('x');\nrequire('node-gyp-build');\n", ['node-gyp-build']),
		pack(
			'connect',
			"import net from 'node:net'; // console.log\n\n/* process.exit() */\nexport const from = 'x';\n",
		),
	],
	native: [
		cpp('addon/addon.cc', '#include <napi.h>\n#include "io/sender.h"\n#include "addon/doorbell.h"\n'),
		cpp('io/linux/packet_sender.cc', '#include <linux/if_packet.h>\n#include "wire/tcp.h"\n'),
	],
});
