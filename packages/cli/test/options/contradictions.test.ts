import test from 'ava';
import {refuses} from './command-lines.ts';

test(
	refuses,
	'--min-hostgroup 9 --max-hostgroup 8 x',
	'--min-hostgroup and --max-hostgroup: expected the first not above the second, got `9` and `8`',
);
test(
	refuses,
	'-sL -p 22 x',
	'-sL and ports: expected one of them, got both; a list of targets asks no ports',
);
test(
	refuses,
	'--pairs a -F',
	'--pairs and other ports: expected one of them, got both; each pair has its port',
);
test(refuses, '--shard 1/2 x', '--shard: expected --seed too, got none; the parts are those of one shuffle');
test(
	refuses,
	'--ipv6-patterns ports x',
	'--ipv6-patterns and --ipv6-seeds: expected -6 too, got a scan of IPv4',
);
test(refuses, '--ipv6-multicast', '--ipv6-multicast: expected -6 too, got a scan of IPv4');
test(
	refuses,
	'-6 -sL --ipv6-multicast',
	'-sL and --ipv6-multicast: expected one of them, got both; -sL asks nobody, -sn lists who is there',
);
test(
	refuses,
	'-6 --ipv6-multicast --pairs file',
	'--ipv6-multicast and --pairs or --simulate: expected one of them, got both',
);
for (const way of ['-sT', '--unprivileged', '--send connect']) {
	test(
		refuses,
		`-6 --ipv6-multicast ${way}`,
		'--ipv6-multicast and a connect scan: expected one of them, got both; it needs raw packets',
	);
}

test(
	refuses,
	'-6 --ipv6-patterns seeds x',
	'--ipv6-patterns seeds: expected --ipv6-seeds with a file of them too, got none',
);
test(
	refuses,
	'-F -p 22 x',
	'-F and -p: expected one of them, got both; --top-ports 100 with -p takes the most popular of those',
);
test(
	refuses,
	'--unprivileged -sS x',
	'-sS and --unprivileged: expected one of them, got both; a SYN scan needs raw packets',
);
test(refuses, '--port-ratio 0.1 -F x', '--port-ratio and -F or --top-ports: expected one of them, got both');
test(
	refuses,
	'--datadir d --no-datadir x',
	'--datadir, --servicedb and --no-datadir: expected one of them, got more',
);
test(refuses, '-sS --send connect x', '-sS and --send connect: expected one of them, got both');
test(
	refuses,
	'-sT --send ip x',
	'-sT or --unprivileged and --send: expected auto or connect, got a way that needs raw packets',
);
test(
	refuses,
	'--min-rate 100 --max-rate 10 x',
	'--min-rate and --max-rate: expected the first not above the second, got `100` and `10`',
);
test(
	refuses,
	'--scan-delay 2s --max-scan-delay 1s x',
	'--scan-delay and --max-scan-delay: expected the first not above the second, got `2000ms` and `1000ms`',
);
test(refuses, '-sn -p 80 x', '-sn and ports: expected one of them, got both; -sn scans none');
test(refuses, '-sn -F x', '-sn and ports: expected one of them, got both; -sn scans none');
test(
	refuses,
	'-sS -sn x',
	'-sn and -sS or -sT: expected one of them, got both; --unprivileged finds hosts by connections',
);
for (const sweep of ['--order random', '--shard 1/2 --seed 1', '--pairs list', '--results stream']) {
	test(
		refuses,
		`-sn ${sweep} x`,
		'-sn and --order random, --shard, --pairs or --results: expected one of them, got both; those are about ports',
	);
}

for (const probes of ['-PP', '-PM']) {
	test(
		refuses,
		`-6 ${probes} x`,
		'-6 and -PP or -PM: expected one of them, got both; those probes are of IPv4 only',
	);
}

for (const way of ['-sT -PU', '--unprivileged -PO', '--send connect -PU53']) {
	test(
		refuses,
		`${way} x`,
		'-sT, --unprivileged or --send connect, and -PU or -PO: expected one of them, got both; those probes need raw packets',
	);
}
