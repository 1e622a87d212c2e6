import {spawnSync} from 'node:child_process';
import {chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'ava';

const ROOT = path.join(import.meta.dirname, '../..');
const NOBODY = '65534';

/** A checkout as it is before the first run, and a `dpkg-query` that knows of no packages. */
const freshCheckout = (): string => {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'halfopen-setup-'));
	cpSync(path.join(ROOT, 'scripts'), path.join(folder, 'scripts'), {recursive: true});
	cpSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
	mkdirSync(path.join(folder, 'bin'));
	writeFileSync(path.join(folder, 'bin/dpkg-query'), '#!/bin/sh\nexit 1\n', {mode: 0o755});
	chmodSync(folder, 0o777); // So that it could be written to, were that tried
	return folder;
};

/** Runs `npm start`'s script there as a user who is not root. */
const startUnprivileged = (folder: string): {status: number | null; stdout: string; stderr: string} => {
	const asNobody = ['--reuid', NOBODY, '--regid', NOBODY, '--clear-groups'];
	const command = [process.execPath, 'scripts/start.mjs', '-p', '22', '127.0.0.1'];
	const [program, ...args] = process.getuid!() === 0 ? ['setpriv', ...asNobody, ...command] : command;
	return spawnSync(program, args, {
		cwd: folder,
		encoding: 'utf8',
		env: {PATH: `${folder}/bin:${process.env.PATH}`},
	});
};

test('without root and without the packages it prints what to type and touches nothing', t => {
	const folder = freshCheckout();
	t.teardown(() => rmSync(folder, {recursive: true}));
	const before = readdirSync(folder, {recursive: true});
	const {status, stdout, stderr} = startUnprivileged(folder);
	t.is(
		stderr,
		'halfopen: These system packages are missing. Install them, then try again:\n' +
			'  sudo apt-get update\n' +
			'  sudo apt-get install g++ iproute2 libpcap-dev libpcap0.8 make python3\n',
	);
	t.is(stdout, '');
	t.is(status, 1);
	t.deepEqual(readdirSync(folder, {recursive: true}), before);
});
