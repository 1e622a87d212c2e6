import test from 'ava';
import {MOST_RETRIES} from '@halfopen/timing';
import {parseCommandLine} from '../../src/options/parse-command-line.ts';
import type {Settings} from '../../src/options/settings.ts';
import {reads, refuses, wordsOf} from './command-lines.ts';

const second = 1_000_000;

// Scan types.
test(reads, '-sS x', {scanType: 'syn'});
test(reads, '-ss x', {scanType: 'syn'});
test(reads, '-sT x', {scanType: 'connect'});
test(reads, '-sS -sS x', {scanType: 'syn'});
test(reads, '--privileged x', {privileged: true});
test(reads, '--unprivileged x', {privileged: false});

// Levels.
test(reads, '-v x', {verbosity: 1});
test(reads, '-vv x', {verbosity: 2});
test(reads, '--vv x', {verbosity: 2});
test(reads, '-v3 x', {verbosity: 3});
test(reads, '--verbose=2 x', {verbosity: 2});
test(reads, '-v -v x', {verbosity: 2});
test(reads, '-d x', {debugging: 1, verbosity: 1});
test(reads, '-d2 x', {debugging: 2, verbosity: 2});
test(reads, '-ddd x', {debugging: 3, verbosity: 3});
test(reads, '-v -d x', {debugging: 1, verbosity: 2});
test(reads, '-v 2', {verbosity: 1}, ['2']);

// Targets and names.
test(reads, '-iL list', {inputFile: 'list'}, []);
test(reads, '-iL -', {inputFile: '-'}, []);
test(reads, '--exclude a,b --exclude c x', {exclude: ['a', 'b', 'c']});
test(reads, '--excludefile list x', {excludeFile: 'list'});
test(reads, '-n x', {reverseNames: 'never'});
test(reads, '-R x', {reverseNames: 'all'});
test(reads, '-4 x', {family: 4});
test(reads, '-6 -6 x', {family: 6});
test(reads, '-6 --ipv6-multicast -e eth0', {family: 6, ipv6Multicast: true, device: 'eth0'}, []);
test(reads, '-6 --ipv6-seeds file x', {family: 6, ipv6SeedsFile: 'file'});
test(reads, '--dns-servers 192.0.2.1,192.0.2.2 x', {dnsServers: ['192.0.2.1', '192.0.2.2']});
test(reads, '--system-dns --resolve-all --unique x', {systemDns: true, resolveAll: true});
test(reads, '-sL x', {action: 'list'});
test(reads, '--iflist', {action: 'interfaces'}, []);

// Host discovery.
test(reads, '-sn x', {action: 'discover'});
test(reads, '-sP x', {action: 'discover'});
test(reads, '-sL -sn x', {action: 'list'});
test(reads, '-sn -sL x', {action: 'list'});
test(reads, '-Pn x', {skipDiscovery: true});
test(reads, '-P0 x', {skipDiscovery: true});
test(reads, '-PE -PP -PM x', {
	pings: [{kind: 'echo'}, {kind: 'timestamp'}, {kind: 'address-mask'}],
});
test(reads, '-PI -PE x', {pings: [{kind: 'echo'}, {kind: 'echo'}]});
test(reads, '-PS x', {pings: [{kind: 'syn'}]});
test(reads, '-PS 80', {pings: [{kind: 'syn'}]}, ['80']);
test(reads, '-PS22,80-90,http* -PA443, x', {
	pings: [
		{kind: 'syn', ports: '22,80-90,http*'},
		{kind: 'ack', ports: '443,'},
	],
});
test(reads, '-PT7 -PU53 -PO1,igmp x', {
	pings: [
		{kind: 'ack', ports: '7'},
		{kind: 'udp', ports: '53'},
		{kind: 'protocol', protocols: '1,igmp'},
	],
});
test(reads, '-PU -PO x', {pings: [{kind: 'udp'}, {kind: 'protocol'}]});
test(reads, '-PB22 x', {pings: [{kind: 'ack', ports: '22'}], usualPings: true});
test(reads, '-PR x', {});
test(reads, '--disable-arp-ping --discovery-ignore-rst x', {
	neighbours: false,
	ignoreDiscoveryResets: true,
});

// Ports and order.
test(reads, '--exclude-ports 1-9 x', {excludePorts: '1-9'});
test(reads, '-F x', {fast: true});
test(reads, '--top-ports 10 x', {topPorts: 10});
test(reads, '-r --seed 7 x', {sequential: true, seed: 7});

// Timing.
test(reads, '--min-rate 0.5 --max-rate 100 x', {minRate: 0.5, maxRate: 100});
test(reads, '--rate 500 x', {minRate: 500, maxRate: 500});
test(reads, '--rate 2.5e5 x', {minRate: 250_000, maxRate: 250_000});
test(reads, '--rate max x', {minRate: Infinity});
test(reads, '--scan-delay 20ms --max-scan-delay 1s x', {
	scanDelay: 20_000,
	maxScanDelay: second,
} as Partial<Settings>);
test(reads, '--min-parallelism 2 --max-parallelism 2 x', {minParallelism: 2, maxParallelism: 2});
test(reads, '--min-rtt-timeout 50ms --max-rtt-timeout 1.5m --initial-rtt-timeout 2 x', {
	minRttTimeout: 50_000,
	maxRttTimeout: 90 * second,
	initialRttTimeout: 2 * second,
} as Partial<Settings>);
test(reads, '--stats-every 1H x', {statsEvery: 3600 * second} as Partial<Settings>);

test(reads, '--max-host-rate 5 x', {maxHostRate: 5});

// Order and results.
test(reads, '--order random --shard 2/4 --seed 1 x', {order: 'random', shard: {index: 2, count: 4}, seed: 1});
test(reads, '--results stream --results-budget 1.5M x', {results: 'stream', resultsBudget: 1_572_864});
test(reads, '--results-budget 4096 x', {resultsBudget: 4096});
test(reads, '--port-ratio 0.25 --datadir d x', {portRatio: 0.25, dataFolder: 'd'});
test(reads, '--port-ratio 0 --servicedb f x', {portRatio: 0, servicesFile: 'f'});
test(reads, '--no-datadir x', {useServices: false});
test(reads, '--sender-threads 2 --worker x', {senderThreads: 2, worker: true});
test(reads, '--pairs list', {pairsFile: 'list'}, []);

// Packets and output.
test(reads, '-oX a -oG b -oA c -oD d -oJ e -oL f -oC g --fields saddr,sport --pcap h x', {
	xmlFile: 'a',
	grepableFile: 'b',
	allFiles: 'c',
	ndjsonFile: 'd',
	jsonFile: 'e',
	listFile: 'f',
	csvFile: 'g',
	csvFields: ['saddr', 'sport'],
	pcapFile: 'h',
});
test(reads, '-oM b x', {grepableFile: 'b'});
test(reads, '--explain x', {explain: '0-'});
test(reads, '--explain 192.0.2.7', {explain: '0-'}, ['192.0.2.7']);
test(reads, '--explain 22,80-90 x', {explain: '22,80-90'});
test(reads, '--explain=22,80 --explain-svg a.svg x', {explain: '22,80', explainSvg: 'a.svg'});
test(reads, '--stylesheet a.xsl x', {stylesheet: 'a.xsl'});
test(reads, '--webxml x', {stylesheet: 'https://svn.nmap.org/nmap/docs/nmap.xsl'});
test(reads, '--no-stylesheet x', {stylesheet: false});
test(reads, '--status-file s --noninteractive x', {statusFile: 's', interactive: false});
test(reads, '-v0 x', {silent: true});
test(reads, '-v0 -v x', {verbosity: 1});
test(reads, '--ttl 64 x', {ttl: 64});
test(reads, '--data-length 25 x', {dataLength: 25});
test(reads, '-oN - --append-output x', {normalFile: '-', appendOutput: true});
test(reads, '--packet-trace x', {packetTrace: true});

// Help and version end the reading.
test(reads, '-h --no-such', {action: 'help'}, []);
test(reads, 'x --version -sU', {action: 'version'});

test('reports quote options first and operands last', t => {
	t.deepEqual(parseCommandLine(wordsOf('a -vv b -p 22 --max-retries=3 c')).words, [
		'halfopen',
		'-v',
		'-v',
		'-p',
		'22',
		'--max-retries=3',
		'a',
		'b',
		'c',
	]);
});

test(refuses, '-PS22 -PS80 x', '-PS: expected once, got it twice; commas join lists');
test(refuses, '-PA22 -PB x', '-PB: expected once, got it twice; commas join lists');
test(refuses, '-PO1 -PO2 x', '-PO: expected once, got it twice; commas join lists');
test(refuses, '-PS70000 x', '-PS: expected a port between 0 and 65535, got `70000`');
test(refuses, '-PA90-80 x', '-PA: expected a range from low to high such as `80-90`, got `90-80`');
test(
	refuses,
	'-PU1,,2 x',
	'-PU: expected a port, a range such as `20-25` or a service name in lower case, got nothing in `1,,2`',
);
test(refuses, '-PST:80 x', '-PS: expected ports without a prefix such as `T:`, got `T:80`');
test(
	refuses,
	'-PO300 x',
	'-PO: expected an IP protocol by number up to 255, a range such as `1-6`, or one of icmp, igmp, ipv4, tcp, udp, ipv6, gre, esp, ah, ipv6-icmp, ospfigp, pim, sctp, got `300`',
);
// Values.
test(
	refuses,
	'--max-retries -1 x',
	`--max-retries: expected a whole number from 0 to ${MOST_RETRIES}, got \`-1\``,
);
test(refuses, '--ttl 300 x', '--ttl: expected a whole number from 1 to 255, got `300`');
test(refuses, '-g 0 x', '-g: expected a whole number from 1 to 65535, got `0`');
test(refuses, '--top-ports 0 x', '--top-ports: expected a whole number from 1 to 65536, got `0`');
test(refuses, '--top-ports 1e3 x', '--top-ports: expected a whole number from 1 to 65536, got `1e3`');
test(
	refuses,
	'--min-parallelism 0 x',
	'--min-parallelism: expected a whole number from 1 to 9007199254740991, got `0`',
);
test(
	refuses,
	'-T9 x',
	'-T: expected 0 to 5 or one of paranoid, sneaky, polite, normal, aggressive, insane, got `9`',
);
test(refuses, '-v99 x', '-v: expected a whole number from 0 to 10, got `99`');
test(refuses, '--send raw x', '--send: expected one of auto, ip, packet, connect, got `raw`');
test(refuses, '--min-rate 0 x', '--min-rate: expected a number of packets per second above 0, got `0`');
test(refuses, '--max-rate fast x', '--max-rate: expected a number of packets per second above 0, got `fast`');
test(refuses, '--rate 1e x', '--rate: expected a number of packets per second above 0, got `1e`');
test(refuses, '--scan-delay abc x', '--scan-delay: expected a time such as 500ms, 2s, 1.5m or 1h, got `abc`');
test(
	refuses,
	'--scan-delay 1..5s x',
	'--scan-delay: expected a time such as 500ms, 2s, 1.5m or 1h, got `1..5s`',
);
test(
	refuses,
	'--scan-delay 100 x',
	'--scan-delay: `100` would be 100 seconds; write 100ms for milliseconds or 100s for seconds',
);
test(
	refuses,
	'--min-rtt-timeout 50 x',
	'--min-rtt-timeout: `50` would be 50 seconds; write 50ms for milliseconds or 50s for seconds',
);
test(
	refuses,
	'--max-rtt-timeout 1ms x',
	'--max-rtt-timeout: expected a time of at least 5ms such as 500ms, 2s, 1.5m or 1h, got `1ms`',
);
test(
	refuses,
	'--initial-rtt-timeout 0 x',
	'--initial-rtt-timeout: expected a time of at least 0.001ms such as 500ms, 2s, 1.5m or 1h, got `0`',
);
test(
	refuses,
	'-oN -foo x',
	'-oN: expected a file name; for one that begins with a dash put ./ before it, got `-foo`',
);

test(
	refuses,
	'--shard 5/4 --seed 1 x',
	'--shard: expected a part and how many there are, such as 1/4, got `5/4`',
);
test(
	refuses,
	'--results-budget 1T x',
	'--results-budget: expected a number of bytes such as 65536, 500K, 64M or 2G, got `1T`',
);
test(refuses, '--confidence 1 x', '--confidence: expected a number from 0 to below 1, got `1`');

// Given twice.
test(
	refuses,
	'--exclude-ports 1 --exclude-ports 2 x',
	'--exclude-ports: expected once, got it for `1` and `2`',
);
test(refuses, '-p 22 -p 23 x', '-p: expected once, got it for `22` and `23`');
test(refuses, '-iL a -iL b', '-iL: expected once, got it for `a` and `b`');
test(refuses, '-oN a -oN b x', '-oN: expected once, got it for `a` and `b`');
test(refuses, '-4 -6 x', '-4 and -6: expected one of them, got both');
test(refuses, '-sS -sT x', '-sS and -sT: expected one scan type, got both');
