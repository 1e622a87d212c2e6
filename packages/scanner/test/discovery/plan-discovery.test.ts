import {type DiscoveryProbe, PROBE_KIND, type ProbeKind, ScanError, WITHOUT_DISCOVERY} from '@halfopen/model';
import test from 'ava';
import {asksFirst, planDiscovery} from '../../src/discovery/plan-discovery.ts';
import type {ScanOptions} from '../../src/index.ts';

const KIND_NAMES = new Map(
	Object.entries(PROBE_KIND).map(([name, kind]): [ProbeKind, string] => [kind, name]),
);

/** As in `echo syn/443`. */
const wordsOf = (probes: readonly DiscoveryProbe[]): string =>
	probes.map(({kind, port}) => `${KIND_NAMES.get(kind)}${port === 0 ? '' : `/${port}`}`).join(' ');

const plan = (options: Partial<ScanOptions>, scanType: 'syn' | 'connect' = 'syn') =>
	planDiscovery({targets: [], ...options}, scanType);

const sends = test.macro({
	title: (_, options: Partial<ScanOptions>, scanType: 'syn' | 'connect', expected: string) =>
		`${JSON.stringify(options)} in a ${scanType} scan: ${expected === '' ? 'nothing' : expected}`,
	exec(t, options: Partial<ScanOptions>, scanType: 'syn' | 'connect', expected: string) {
		t.is(wordsOf(plan(options, scanType).plan.probes), expected);
	},
});

test(sends, {discovery: {}}, 'syn', 'echo syn/443 ack/80 timestamp');
test(sends, {discovery: {}, family: 6}, 'syn', 'echo syn/443 ack/80');
test(sends, {discovery: {}}, 'connect', 'syn/80 syn/443');
test(sends, {discovery: {}, family: 6}, 'connect', 'syn/80 syn/443');
test(sends, {discovery: false}, 'syn', '');
test(sends, {discovery: {probes: []}}, 'syn', '');
test(sends, {discovery: {probes: []}}, 'connect', '');
test(
	sends,
	{
		discovery: {
			probes: [
				{kind: 'address-mask'},
				{kind: 'protocol'},
				{kind: 'udp'},
				{kind: 'timestamp'},
				{kind: 'ack'},
				{kind: 'syn', ports: '22,80,22'},
				{kind: 'echo'},
			],
		},
	},
	'syn',
	'echo syn/22 syn/80 ack/80 timestamp udp/40125 protocol/1 protocol/2 protocol/4 addressMask',
);
test(
	sends,
	{
		discovery: {
			probes: [
				{kind: 'syn', ports: [443]},
				{kind: 'syn', ports: 'http'},
			],
		},
	},
	'syn',
	'syn/443 syn/80',
);
test(sends, {discovery: {probes: [{kind: 'ack', ports: '22'}, {kind: 'syn'}]}}, 'connect', 'syn/22 syn/80');
test(sends, {discovery: {probes: [{kind: 'echo'}, {kind: 'ack', ports: '22'}]}}, 'connect', 'syn/22');
test(sends, {discovery: {probes: [{kind: 'echo'}]}}, 'connect', 'syn/80 syn/443');
test(
	sends,
	{
		discovery: {
			probes: [
				{kind: 'syn', ports: '22-24'},
				{kind: 'udp', ports: '24'},
			],
		},
		excludePorts: '23-24',
	},
	'syn',
	'syn/22',
);

test('ICMP probes that become connections are told of', t => {
	const one = 'Without raw packets there are no ICMP probes: hosts are found by connections instead';
	t.deepEqual(plan({discovery: {probes: [{kind: 'echo'}]}}, 'connect').warnings, [one]);
	t.deepEqual(plan({discovery: {probes: [{kind: 'syn'}]}}, 'connect').warnings, []);
	t.deepEqual(plan({discovery: {}}, 'connect').warnings, []);
});

test('what is not said of a plan is as Nmap has it', t => {
	const {probes, ...others} = plan({discovery: {}}).plan;
	t.is(probes.length, 4);
	t.deepEqual(others, {neighbours: true, ignoreResets: false, only: false});
	t.deepEqual(plan({discovery: false}).plan, WITHOUT_DISCOVERY);
});

test('neighbours are not asked where frames cannot be sent or should not be', t => {
	t.false(plan({discovery: {neighbours: false}}).plan.neighbours);
	t.false(plan({discovery: {}, send: 'ip'}).plan.neighbours);
	t.false(plan({discovery: {}}, 'connect').plan.neighbours);
	t.false(plan({discovery: {probes: [], only: true}}).plan.neighbours); // Nobody is asked
	t.true(plan({discovery: {probes: []}}).plan.neighbours);
});

test('it is asked first unless there is nothing to ask by', t => {
	t.true(asksFirst({discovery: {}}));
	t.true(asksFirst({discovery: {probes: [{kind: 'echo'}]}}));
	t.false(asksFirst({discovery: false}));
	t.false(asksFirst({discovery: {probes: []}}));
});

const refuses = test.macro({
	title: (_, options: Partial<ScanOptions>, scanType: 'syn' | 'connect') =>
		`refused in a ${scanType} scan: ${JSON.stringify(options)}`,
	exec(t, options: Partial<ScanOptions>, scanType: 'syn' | 'connect', message: string) {
		t.is(t.throws(() => plan(options, scanType), {instanceOf: ScanError})?.message, message);
	},
});

test(
	refuses,
	{family: 6, discovery: {probes: [{kind: 'timestamp'}]}},
	'syn',
	'discovery: expected probes that IPv6 has, got `timestamp`, which is of IPv4 only',
);
test(
	refuses,
	{family: 6, discovery: {probes: [{kind: 'address-mask'}]}},
	'connect',
	'discovery: expected probes that IPv6 has, got `address-mask`, which is of IPv4 only',
);
test(
	refuses,
	{discovery: {probes: [{kind: 'udp'}]}},
	'connect',
	'discovery: expected probes of kind syn or ack in a connect scan, got `udp`, which needs raw packets',
);
test(
	refuses,
	{discovery: {probes: [{kind: 'sctp'} as never]}},
	'syn',
	'discovery: expected a probe of kind echo, syn, ack, timestamp, udp, protocol, address-mask, got `sctp`',
);
test(
	refuses,
	{discovery: {probes: [{kind: 'syn', ports: 'T:80'}]}},
	'syn',
	'discovery: expected ports of a probe without a prefix such as `T:`, got `T:80`',
);
test(
	refuses,
	{discovery: {probes: [{kind: 'syn', ports: [70_000]}]}},
	'syn',
	'discovery: expected a port between 0 and 65535, got `70000`',
);
test(
	refuses,
	{discovery: {probes: [{kind: 'syn'}]}, excludePorts: [80]},
	'syn',
	'discovery: expected a probe to find hosts by whose port is not excluded, got none',
);

test('what raw packets are needed for says why there are none', t => {
	const problem = new ScanError('ERR_HALFOPEN_PERMISSION', 'Raw packets are not allowed.');
	const error = t.throws(
		() => planDiscovery({targets: [], discovery: {probes: [{kind: 'protocol'}]}}, 'connect', problem),
		{instanceOf: ScanError},
	);
	t.is(error?.code, 'ERR_HALFOPEN_PERMISSION');
	t.is(error?.message, 'Probes of kind `protocol` need raw packets. Raw packets are not allowed.');
});
