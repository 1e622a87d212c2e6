import test from 'ava';
import {
	createRoutedNetwork,
	createSparseLink,
	formatHost,
	macOf,
	parseHostsXml,
	scattered,
	type Namespace,
} from './index.ts';
import {useLab} from './use-lab.ts';

const labTest = useLab();

/** Hosts that nmap says something of, in words. */
const nmapHosts = async (scanner: Namespace, args: readonly string[]): Promise<Record<string, string>> => {
	const {stdout} = await scanner.run('nmap', ['-sn', '-n', '--max-retries', '0', '-oX', '-', ...args]);
	return Object.fromEntries([...parseHostsXml(stdout)].map(([address, host]) => [address, formatHost(host)]));
};

labTest('of a network behind a router, the hosts answer and nobody else', async t => {
	const hosts = scattered('10.97.0.0', 16, 3);
	const network = await createRoutedNetwork({prefix: '10.97.0.0/16', hosts});
	t.teardown(async () => network.close());
	t.deepEqual(
		await nmapHosts(network.scanner, ['10.97.0.0/28']),
		Object.fromEntries(hosts.toSorted().map(host => [host, 'up echo-reply ttl 63'])),
	);
});

labTest('the router loses some, and calls some unreachable', async t => {
	const network = await createRoutedNetwork({
		prefix: '10.97.0.0/16',
		hosts: ['10.97.0.1'],
		loss: 0.999_999,
		unreachable: ['10.97.9.0/24'],
	});
	t.teardown(async () => network.close());
	t.deepEqual(await nmapHosts(network.scanner, ['-v', '10.97.0.1']), {'10.97.0.1': 'down no-response'});
	const {stdout} = await network.scanner.run('nmap', ['-sn', '-n', '-PE', '--packet-trace', '10.97.9.1']);
	t.regex(stdout, /^RCVD .*ICMP \[10\.77\.1\.254 > 10\.77\.1\.1 .*type=3\/code=1/m);
});

labTest('hosts of a link have different link-layer addresses', async t => {
	for (const [scanner, hosts, reason, family] of [
		['10.77.8.1/22', ['10.77.8.7', '10.77.9.7'], 'arp-response', []],
		['fd77:8::1/118', ['fd77:8::7', 'fd77:8::107'], 'nd-response', ['-6']],
	] as const) {
		const link = await createSparseLink({scanner, hosts});
		t.teardown(async () => link.close());
		t.deepEqual(
			await nmapHosts(link.scanner, [...family, ...hosts, hosts[1].replace(/7$/, '8')]),
			Object.fromEntries(hosts.map((host, index) => [host, `up ${reason} mac ${macOf(index)}`])),
		);
	}
});

test('scattered addresses are all over a prefix, each once', t => {
	const addresses = scattered('10.97.0.0', 65_536, 655);
	t.is(new Set(addresses).size, 655);
	t.true(new Set(addresses.map(address => address.split('.')[2])).size > 200);
	t.deepEqual(scattered('fd77:8::', 1024, 2), ['fd77:8::4d', 'fd77:8::284']);
});
