import test from 'ava';
import {parseHosts, readHostsFile} from '../../src/names/hosts-file.ts';

test('the first name of each address counts', t => {
	const hosts = parseHosts(`# hosts
127.0.0.1\tlocalhost here
127.0.0.1 again
::1  ip6-localhost # loopback
192.0.2.1
not-an-address name
`);
	t.deepEqual(
		[...hosts],
		[
			[0x7f_00_00_01, 'localhost'],
			[1n, 'ip6-localhost'],
		],
	);
});

test('a file that is missing has no names', async t => {
	t.is((await readHostsFile('/nonexistent/hosts')).size, 0);
});
