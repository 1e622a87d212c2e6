import test, {type ExecutionContext} from 'ava';
import {
	createWan,
	firewall,
	formatLimit,
	labProgram,
	liftResetLimit,
	limitResets,
	listen,
	nmapScan,
	type Wan,
	type WanPath,
	type WanReport,
} from './index.ts';
import {useLab} from './use-lab.ts';

const TARGET = '10.77.5.2';
const FAR_CORNER = '10.98.255.255';

let wan: Wan;

const labTest = useLab(async () => {
	wan = await createWan();
	await listen(wan.target, [22]);
	await send('there', {count: 1, interval: 0}); // Both ends know each other's link-layer address from now on.
});

test.after.always('the cable is removed', async () => wan?.close());

/** When a datagram left and arrived, in milliseconds since the first one left. */
interface Arrival {
	readonly sequence: number;
	readonly sent: number;
	readonly arrived: number;
}

interface Sending {
	readonly count: number;
	/** Milliseconds between two. */
	readonly interval: number;
}

const send = async (direction: keyof WanReport, {count, interval}: Sending): Promise<Arrival[]> => {
	const [from, address, to] =
		direction === 'there' ? [wan.scanner, TARGET, wan.target] : [wan.target, '10.77.5.1', wan.scanner];
	const {stdout} = await wan.scanner.run(await labProgram('datagrams'), [
		from.name,
		address,
		to.name,
		`${count}`,
		`${interval * 1000}`,
	]);
	return stdout
		.split('\n')
		.slice(0, -1)
		.map(line => line.split(' ').map(Number))
		.map(([sequence, sent, arrived]) => ({sequence, sent: sent / 1000, arrived: arrived / 1000}));
};

/** Sends datagrams both ways, and compares what the emulator says of them with what arrived. */
const passesBothWays = (
	title: string,
	path: WanPath,
	sending: Sending,
	check: (t: ExecutionContext, arrivals: readonly Arrival[], sending: Sending) => void,
): void => {
	for (const direction of ['there', 'back'] as const) {
		labTest(`${direction}: ${title}`, async t => {
			await wan.change({[direction]: path});
			const arrivals = await send(direction, sending);
			const counts = (await wan.change({}))[direction];
			check(t, arrivals, sending);
			t.is(counts.received, sending.count);
			t.is(counts.received + counts.duplicated - counts.lost - counts.dropped, arrivals.length);
			t.deepEqual([counts.missed, counts.oversized, counts.unsent], [0, 0, 0]);
		});
	}
};

const MANY = {count: 2000, interval: 0.25};
const AT_ONCE = {count: 500, interval: 0};

passesBothWays('a cable without faults carries everything in order', {}, MANY, (t, arrivals, {count}) => {
	t.deepEqual(sequences(arrivals), range(count));
});

passesBothWays('nothing arrives before the delay', {delay: 30}, MANY, (t, arrivals, {count}) => {
	t.deepEqual(sequences(arrivals), range(count));
	t.true(arrivals.every(arrival => transit(arrival) >= 30));
});

passesBothWays(
	'the delay wanders, and the order stays',
	{delay: 30, jitter: 20},
	MANY,
	(t, arrivals, {count}) => {
		t.deepEqual(sequences(arrivals), range(count));
		t.true(arrivals.every(arrival => transit(arrival) >= 10));
		t.true(arrivals.some(arrival => transit(arrival) < 30));
		t.true(arrivals.some(arrival => transit(arrival) > 40));
	},
);

passesBothWays(
	'packets with delays of their own overtake each other',
	{delay: 30, jitter: 20, reorder: true},
	MANY,
	(t, arrivals, {count}) => {
		const overtaken = arrivals.filter(
			({sequence}, index) => sequence > (arrivals[index + 1]?.sequence ?? Infinity),
		);
		t.true(overtaken.length > count / 10);
		t.deepEqual(
			sequences(arrivals).toSorted((a, b) => a - b),
			range(count),
		);
	},
);

passesBothWays('a fifth is lost', {loss: 0.2}, MANY, (t, arrivals, {count}) => {
	t.true(arrivals.length > 0.75 * count && arrivals.length < 0.85 * count, `${arrivals.length} arrived`);
});

passesBothWays('loss comes in bursts', {burst: {begin: 0.01, end: 0.2}}, MANY, (t, arrivals, {count}) => {
	const lost = count - arrivals.length;
	const bursts = arrivals.filter(
		({sequence}, index) => sequence > (arrivals[index - 1]?.sequence ?? -1) + 1,
	).length;
	t.true(lost > 0.02 * count && lost < 0.1 * count, `${lost} were lost`);
	t.true(lost / bursts > 3 && lost / bursts < 8, `in ${bursts} bursts`);
});

passesBothWays('a tenth comes twice', {duplication: 0.1}, MANY, (t, arrivals, {count}) => {
	t.is(new Set(sequences(arrivals)).size, count);
	t.true(arrivals.length > 1.05 * count && arrivals.length < 1.15 * count, `${arrivals.length} arrived`);
});

passesBothWays(
	'a bottleneck takes its time for each, and drops what finds no room',
	{rate: 1000, queue: 100},
	AT_ONCE,
	(t, arrivals, {count}) => {
		t.true(arrivals.length > 100 && arrivals.length < count, `${arrivals.length} arrived`);
		t.true(
			arrivals.every(({arrived}, index) => arrived >= index + 1),
			'in a millisecond each',
		);
		t.deepEqual(sequences(arrivals).slice(0, 100), range(100), 'first come, first served');
	},
);

labTest('the same packets are lost with the same seed, others with another', async t => {
	const first = await survivors(7);
	t.deepEqual(await survivors(7), first);
	t.notDeepEqual(await survivors(8), first);
});

labTest('what the link needs to work is never lost', async t => {
	await wan.change({there: {loss: 1}, back: {loss: 1}});
	wan.scanner.ip('neighbor flush dev wan');
	t.deepEqual(await send('there', {count: 5, interval: 1}), []);
	const {stdout} = await wan.scanner.run('ip', ['neighbor', 'show', TARGET]);
	t.regex(stdout, / lladdr /);
});

labTest('scans find the ports of every address behind the cable', async t => {
	await wan.change({there: {delay: 5}, back: {delay: 5}});
	firewall(wan.target, [{ports: '22-23', verdict: 'accept'}, {verdict: 'drop'}]);
	const findings = await nmapScan(wan.scanner, ['-Pn', '-p', '22-24', TARGET, FAR_CORNER]);
	firewall(wan.target, []);
	const {there} = await wan.change({});
	t.deepEqual(
		[...findings].map(([port, {state}]) => `${port} ${state}`),
		[TARGET, FAR_CORNER].flatMap(address => [
			`${address}:22 open`,
			`${address}:23 closed`,
			`${address}:24 filtered`,
		]),
	);
	t.true(there.received >= 8);
});

labTest('each address sends RSTs up to the limit', async t => {
	limitResets(wan.target, 1, 20);
	const args = ['-Pn', '-T5', '--max-retries', '0', '--min-rate', '1000', '-p', '100-199'];
	const findings = await nmapScan(wan.scanner, [...args, TARGET, FAR_CORNER]);
	liftResetLimit(wan.target);
	for (const address of [TARGET, FAR_CORNER]) {
		const closed = [...findings].filter(
			([port, {state}]) => port.startsWith(address) && state === 'closed',
		).length;
		t.true(closed >= 20 && closed < 50, `${closed} of ${address}`);
	}
});

labTest('a scanner that is there can have a cable too, and lose it', async (t, lab) => {
	const second = await createWan({there: {loss: 1}}, lab.scanner);
	t.regex((await lab.scanner.run('ip', ['link', 'show', 'wan'])).stdout, /UP/);
	await second.close();
	t.not((await lab.scanner.run('ip', ['link', 'show', 'wan'])).status, 0);
});

labTest('a cable that cannot be is an error that says why', async t => {
	await t.throwsAsync(createWan({back: {delay: 1, jitter: 2}}), {
		message: /expected no more jitter than delay/,
	});
});

test('the limit of RSTs is kept for each sender', t => {
	t.regex(formatLimit(100, 20), /@senders \{ ip saddr limit rate over 100\/second burst 20 packets \} drop/);
});

const survivors = async (seed: number): Promise<number[]> => {
	await wan.change({there: {loss: 0.5, burst: {begin: 0.05, end: 0.5}}, seed});
	return sequences(await send('there', AT_ONCE));
};

const sequences = (arrivals: readonly Arrival[]): number[] => arrivals.map(({sequence}) => sequence);

const transit = ({sent, arrived}: Arrival): number => arrived - sent;

const range = (count: number): number[] => Array.from({length: count}, (_, index) => index);
