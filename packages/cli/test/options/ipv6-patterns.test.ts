import test from 'ava';
import {reads, refuses} from './command-lines.ts';

test(reads, '-6 --ipv6-patterns low-byte,ports,words x', {
	family: 6,
	ipv6Patterns: [{kind: 'low-byte'}, {kind: 'ports'}, {kind: 'words'}],
});
test(reads, '-6 --ipv6-patterns low-byte:16 --ipv6-patterns ipv4:10.0.0.0/24 x', {
	family: 6,
	ipv6Patterns: [
		{kind: 'low-byte', bits: 16},
		{kind: 'ipv4', targets: '10.0.0.0/24'},
	],
});
test(reads, '-6 --ipv6-patterns eui64:00:0c:29,eui64:vmware x', {
	family: 6,
	ipv6Patterns: [
		{kind: 'eui64', maker: '00:0c:29'},
		{kind: 'eui64', maker: 'vmware'},
	],
});
test(reads, '-6 --ipv6-seeds file --ipv6-patterns seeds,seeds:3 x', {
	family: 6,
	ipv6SeedsFile: 'file',
	ipv6Patterns: [
		{kind: 'seeds', reach: 16},
		{kind: 'seeds', reach: 3},
	],
});

for (const pattern of ['high-byte', 'ports:80', 'words:cafe', 'eui64', 'ipv4:', 'toString', ':']) {
	test(
		refuses,
		`-6 --ipv6-patterns ports,${pattern} x`,
		`--ipv6-patterns: expected low-byte, low-byte:BITS, ports, words, eui64:OUI, eui64:VENDOR, ipv4:ADDRESSES, seeds or seeds:N, got \`${pattern}\``,
	);
}

test(
	refuses,
	'-6 --ipv6-patterns low-byte:33 x',
	'--ipv6-patterns low-byte: expected a whole number from 1 to 32, got `33`',
);
test(
	refuses,
	'-6 --ipv6-patterns ipv4:name x',
	'--ipv6-patterns ipv4: expected IPv4 addresses such as `192.0.2.0/24`, got `name`',
);
