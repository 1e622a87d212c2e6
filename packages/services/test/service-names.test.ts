import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import test from 'ava';
import {isListed, portsNamed, serviceName} from '../src/index.ts';
import {pathOf, rowsOf} from './data.ts';

const isCalled = test.macro({
	title: (_, port: number, name: string | undefined) => `port ${port} is called ${name ?? 'nothing'}`,
	exec(t, port: number, name: string | undefined) {
		t.is(serviceName(port), name);
		t.is(isListed(port), name !== undefined);
	},
});

test(isCalled, 22, 'ssh');
test(isCalled, 23, 'telnet');
test(isCalled, 53, 'domain');
test(isCalled, 80, 'http');
test(isCalled, 113, 'ident');
test(isCalled, 135, 'epmap');
test(isCalled, 443, 'https');
test(isCalled, 445, 'microsoft-ds');
test(isCalled, 631, 'ipp');
test(isCalled, 3306, 'mysql');
test(isCalled, 5900, 'vnc');
test(isCalled, 6379, 'redis');
test(isCalled, 8080, 'http-alt');
test(isCalled, 8443, 'https-alt');
test(isCalled, 9200, 'elasticsearch');
test(isCalled, 27017, 'mongodb');
test(isCalled, 0, undefined);
test(isCalled, 4, undefined);
test(isCalled, 65_535, undefined);

const matches = test.macro({
	title: (_, pattern: string, ports: number[]) => `${pattern} matches [${ports.join()}]`,
	exec(t, pattern: string, ports: number[]) {
		t.deepEqual(portsNamed(pattern), ports);
	},
});

test(matches, 'ssh', [22]);
test(matches, 'SSH', [22]);
test(matches, 'pop?', [109, 110]);
test(matches, 'ethernet/ip-*', [44_818]);
test(matches, 'z39.50', [210]);
test(matches, 'z39?50', [210]);
test(matches, 'z39x50', []);
test(matches, 'whois++', [63]);
test(matches, 'https', [443]);
test(matches, '', []);
test(matches, 'no such service', []);

test('a star alone matches every listed port', t => {
	t.deepEqual(
		portsNamed('*'),
		rowsOf('tcp-services.tsv').map(([port]) => Number(port)),
	);
});

test('the committed table is what the script makes of the registry and the aliases', t => {
	const built = execFileSync(process.execPath, [pathOf('scripts/build-tables.mjs'), '--print'], {
		encoding: 'utf8',
	});
	t.is(readFileSync(pathOf('data/tcp-services.tsv'), 'utf8'), built);
});

for (const file of ['tcp-services.tsv', 'aliases.tsv']) {
	test(`${file} has a port and a name in each row, ascending, each port once`, t => {
		const rows = rowsOf(file);
		const ports = rows.map(([port]) => Number(port));
		t.true(rows.every(row => row.length === 2 && /^\d+$/.test(row[0]) && /^[!-~]+$/.test(row[1])));
		t.true(ports.every((port, index) => port <= 65_535 && port > (index === 0 ? 0 : ports[index - 1])));
	});
}
