import {MILLISECOND, micros, type ScanEvent} from '@halfopen/model';
import type {ObservedProbe} from '@halfopen/simulator';
import test from 'ava';
import {numbers} from './networks.ts';
import {simulateScan, statesOf} from './simulate-scan.ts';

const delay = micros(10 * MILLISECOND);

test('a port of each kind ends in its state, with its reason', async t => {
	const {reports, summary} = await simulateScan({
		network: {
			seed: 1,
			hosts: [
				{
					address: '10.0.0.1',
					ports: {
						'22': 'open',
						'23': 'closed',
						'25': 'silent',
						'80': 'split-handshake',
						'110': {type: 3, code: 13, from: '10.0.0.254'},
						'111': {type: 3, code: 4},
					},
				},
			],
			link: {delay},
		},
		ports: [22, 23, 25, 80, 110, 111],
	});
	t.is(
		statesOf(reports[0]),
		'22 open syn-ack, 23 closed reset, 25 filtered no-response, 80 open split-handshake-syn, ' +
			'110 filtered admin-prohibited, 111 filtered no-response',
	);
	t.like(reports[0].ports.at(4).sender, {family: 4, value: 0x0a_00_00_fe});
	t.is(summary.hostsUp, 1);
});

test('a host that loses nothing is asked twice where it is silent, and once where it answers', async t => {
	const {probes} = await simulateScan({
		network: {seed: 1, hosts: [{address: '10.0.0.1', ports: {'1-10': 'silent'}}], link: {delay}},
		ports: numbers(300),
	});
	const first = probes.filter(({attempt}) => attempt === 0);
	t.is(first.length, 300);
	t.true(probes.filter(({attempt}) => attempt === 1).every(({port}) => port <= 10));
	t.is(asked(probes).length, 310);
});

test('--max-retries 0 asks once', async t => {
	const {probes, reports} = await simulateScan({
		network: {seed: 1, hosts: [{address: '10.0.0.1', otherPorts: 'silent'}]},
		ports: numbers(20),
		timing: {maxRetries: 0},
	});
	t.is(probes.length, 20);
	t.is(reports[0].ports.count('filtered'), 20);
});

test('where answers are lost, silent ports are asked again until the loss is covered', async t => {
	const {reports} = await simulateScan({
		network: {
			seed: 7,
			hosts: [{address: '10.0.0.1', ports: {'1-5': 'open'}, otherPorts: 'closed'}],
			link: {delay, loss: {out: 0.05, back: 0.05}},
		},
		ports: numbers(1000),
	});
	t.is(reports[0].ports.count('open'), 5);
	t.is(reports[0].ports.count('closed'), 995);
});

test('a late answer after the timeout still decides the port', async t => {
	const {reports} = await simulateScan({
		network: {
			seed: 3,
			hosts: [
				{
					address: '10.0.0.1',
					ports: {'1': 'open'},
					otherPorts: 'silent',
					link: {delay: micros(80 * MILLISECOND)},
				},
			],
		},
		ports: [1, 2],
		timing: {initialRttTimeout: micros(100 * MILLISECOND), maxRttTimeout: micros(100 * MILLISECOND)},
	});
	t.is(reports[0].ports.at(0).state, 'open');
});

test('an unreachable host is reported as down, with the problem, and holds back no other', async t => {
	const {reports, summary} = await simulateScan({
		network: {
			seed: 1,
			hosts: [
				{address: '10.0.0.1', path: {resolvingFor: micros(1_500_000), unreachable: 'no answer to ARP'}},
				{address: '10.0.0.2', ports: {'80': 'open'}},
			],
		},
		ports: [80],
	});
	t.deepEqual(
		reports.map(({status, problem}) => ({status, problem})),
		[
			{status: 'up', problem: undefined},
			{status: 'down', problem: 'no answer to ARP'},
		],
	);
	t.is(summary.hostsDown, 1);
});

test('--max-parallelism bounds the probes in flight', async t => {
	const {events} = await simulateScan({
		network: {
			seed: 1,
			hosts: [{address: '10.0.0.1'}, {address: '10.0.0.2', otherPorts: 'silent'}],
			link: {delay},
		},
		ports: numbers(200),
		timing: {maxParallelism: 7},
		decisions: true,
	});
	const inFlight = {now: 0, most: 0};
	for (const event of events) {
		inFlight.now += changeOfFlight(event);
		inFlight.most = Math.max(inFlight.most, inFlight.now);
	}

	t.is(inFlight.most, 7);
});

/** How an event changes the number of probes on their way. */
const changeOfFlight = (event: ScanEvent): number => {
	if (event.type !== 'decision') {
		return 0;
	}

	return {'probe-sent': 1, 'reply-matched': -1, 'probe-timed-out': -1}[event.decision.what as string] ?? 0;
};

test('--scan-delay keeps the gap between probes to one host', async t => {
	const {probes} = await simulateScan({
		network: {seed: 1, hosts: [{address: '10.0.0.1'}], link: {delay}},
		ports: numbers(30),
		timing: {scanDelay: micros(20 * MILLISECOND)},
	});
	const gaps = probes.slice(1).map(({at}, index) => at - probes[index].at);
	t.true(Math.min(...gaps) >= 20 * MILLISECOND);
});

test('--max-rate holds over every second', async t => {
	const {probes} = await simulateScan({
		network: {seed: 1, hosts: [{address: '10.0.0.1'}], link: {delay}},
		ports: numbers(400),
		timing: {maxRate: 100},
	});
	for (const [index, {at}] of probes.entries()) {
		const within = probes.slice(index).findIndex(later => later.at >= at + 1_000_000);
		t.true(within === -1 || within <= 101, `${within} probes within a second`);
	}
});

test('--min-rate sends where the windows would wait', async t => {
	const {probes} = await simulateScan({
		network: {seed: 1, hosts: [{address: '10.0.0.1', otherPorts: 'silent'}], link: {delay}},
		ports: numbers(1000),
		timing: {minRate: 2000, maxRetries: 0},
	});
	t.true(probes.at(-1)!.at - probes[0].at <= 520 * MILLISECOND);
});

test('a host that limits its RSTs far below the first rate is asked at its limit, and no port is missed', async t => {
	for (const template of [3, 4] as const) {
		const {probes, reports} = await simulateScan({
			network: {
				seed: 2,
				hosts: [{address: '10.0.0.1', rstLimit: {perSecond: 20, burst: 20}}],
				link: {delay, loss: {out: 0.02, back: 0.02}},
			},
			ports: numbers(500),
			template,
		});
		t.is(reports[0].ports.count('closed'), 500, `-T${template}`);
		t.true(probes.length < 2 * 500, `-T${template}: ${probes.length} probes`);
	}
});

test('the same seed gives the same run, another seed another one', async t => {
	t.is(await lossyRun(1), await lossyRun(1));
	t.not(await lossyRun(1), await lossyRun(2));
});

/** Probes to ports whose state is not known: not canaries. */
const asked = (probes: readonly ObservedProbe[]): readonly ObservedProbe[] => {
	const known = new Set<string>();
	return probes.filter(({target, port, attempt}) => {
		const isFirst = attempt === 0;
		known.add(`${target} ${port} ${attempt}`);
		return isFirst || known.has(`${target} ${port} ${attempt - 1}`);
	});
};

/** The probes of a scan over a lossy network, in a line. */
const lossyRun = async (seed: number): Promise<string> => {
	const {probes} = await simulateScan({
		network: {seed, hosts: [{address: '10.0.0.1'}], link: {delay, loss: {out: 0.1, back: 0.1}}},
		ports: numbers(200),
	});
	return JSON.stringify(probes);
};
