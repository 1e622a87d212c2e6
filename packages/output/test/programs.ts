import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import type {ExecutionContext} from 'ava';

const DTD = '/usr/share/nmap/nmap.dtd';

/** Fails unless xmllint finds the document well-formed and valid by Nmap's DTD; says so where it cannot be asked. */
export const isValidNmapXml = (t: ExecutionContext, xml: string): void => {
	if (!existsSync(DTD)) {
		t.log(`${DTD} is missing: apt-get install nmap libxml2-utils`);
		t.is(process.env['CI'], undefined);
		return;
	}

	const {error, status, stderr} = spawnSync('xmllint', ['--noout', '--dtdvalid', DTD, '-'], {
		input: xml,
		encoding: 'utf8',
	});
	if (error !== undefined) {
		t.log('xmllint is missing: apt-get install libxml2-utils');
		t.is(process.env['CI'], undefined);
		return;
	}

	t.is(status, 0, stderr);
};
