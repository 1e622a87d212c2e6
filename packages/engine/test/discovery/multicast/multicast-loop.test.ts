import {
	type AddressKey,
	type Clock,
	formatAddress,
	formatAddressKey,
	micros,
	NO_COUNTS,
	parseAddress,
	type Path,
	PROBE_KIND,
	PROBE_RECORD_BYTES,
	ProbeConsumer,
	ProbeProducer,
	REPLY_KIND,
	REPLY_RECORD_BYTES,
	ReplyConsumer,
	type ReplyKind,
	ReplyProducer,
	Ring,
	type Address,
	type TracedPacket,
	type Transport,
} from '@halfopen/model';
import test from 'ava';
import {findNodes} from '../../../src/discovery/multicast/find-nodes.ts';
import type {LinkNetwork, LinkNodes} from '../../../src/discovery/multicast/multicast-loop.ts';

/** Who says what, and how many microseconds after the question of which try. */
interface Answer {
	readonly from: string;
	readonly kind?: ReplyKind;
	readonly attempt?: number;
	readonly after?: number;
	/** Only when asked from this address of ours. */
	readonly to?: string;
}

const NOTHING_ELSE = {port: 0, attempt: 0, ttl: 64, window: 0, tcpFlags: 0, icmpType: 0, icmpCode: 0};

/** A link whose nodes answer after their time; waiting takes none. */
class Link implements Transport {
	now = micros(0);
	readonly clock: Clock = {now: () => this.now};
	readonly tries = 255;
	readonly asked: string[] = [];
	readonly #probeRing = new Ring(64, PROBE_RECORD_BYTES);
	readonly #replyRing = new Ring(256, REPLY_RECORD_BYTES);
	readonly probes: ProbeProducer = new ProbeProducer(this.#probeRing);
	readonly replies: ReplyConsumer = new ReplyConsumer(this.#replyRing);
	readonly #consumer = new ProbeConsumer(this.#probeRing);
	readonly #producer = new ReplyProducer(this.#replyRing);
	readonly #paths: Path[] = [];
	readonly #answers: readonly Answer[];
	readonly #error: number;
	#due: {at: number; target: AddressKey; kind: ReplyKind}[] = [];

	constructor(answers: readonly Answer[], error = 0) {
		this.#answers = answers;
		this.#error = error;
	}

	linkTo(address: Address): Path {
		const path: Path = {
			id: this.#paths.length,
			status: 'ready',
			device: 'test0',
			source: {family: 6, value: (address.value as bigint) ^ 1n},
			local: false,
		};
		this.#paths.push(path);
		return path;
	}

	flush(): void {
		this.probes.publish();
		while (this.#consumer.hasNext) {
			const {target, kind, attempt, path} = this.#consumer.take(this.now, this.#error);
			const source = formatAddress(this.#paths[path].source);
			this.asked.push(
				`${this.now / 1000} ${kind === PROBE_KIND.echo ? 'echo' : 'query'} ${source} > ${formatAddressKey(target)} #${attempt}`,
			);
			for (const answer of this.#answers) {
				const reply = answer.kind ?? REPLY_KIND.echoReply;
				const fits = (reply === REPLY_KIND.listenerReport) === (kind === PROBE_KIND.listenerQuery);
				if (fits && (answer.attempt ?? 0) === attempt && (answer.to ?? source) === source) {
					const at = this.now + (answer.after ?? 100);
					this.#due.push({at, kind: reply, target: parseAddress(answer.from)!.value});
				}
			}
		}
	}

	async wait(deadline: number): Promise<void> {
		const [next] = this.#due.toSorted((a, b) => a.at - b.at);
		this.now = micros(Math.min(deadline, next?.at ?? Infinity));
		for (const {target, kind} of this.#due.filter(({at}) => at <= this.now)) {
			this.#producer.write({
				...NOTHING_ELSE,
				kind,
				target,
				family: typeof target === 'bigint' ? 6 : 4,
				sender: target,
				receivedAt: this.now,
			});
		}

		this.#due = this.#due.filter(({at}) => at > this.now);
	}

	pathTo(): Path {
		throw new Error('Nobody is named');
	}

	releasePath(): void {
		throw new Error('Paths of links are not given back');
	}

	setRate(): void {
		throw new Error('Four packets have no rate');
	}

	takePackets(): TracedPacket[] {
		return [];
	}

	counters(): typeof NO_COUNTS {
		return NO_COUNTS;
	}

	async close(): Promise<void> {
		throw new Error('It stays open');
	}
}

const network = (text: string): LinkNetwork => {
	const [address, length] = text.split('/');
	const parsed = parseAddress(address);
	if (parsed?.family !== 6) {
		throw new Error(`${address} is no address of IPv6`);
	}

	return {address: parsed, prefixLength: Number(length)};
};

const NETWORKS = ['fe80::1%eth0/64', '2001:db8::1/64'].map(network);

const find = async (link: Link, networks = NETWORKS, signal?: AbortSignal): Promise<LinkNodes> =>
	findNodes({transport: link, networks, timeout: micros(1_000_000)}, signal);

const finds = test.macro({
	title: (_, what: string) => what,
	async exec(t, _what: string, answers: readonly Answer[], found: readonly string[]) {
		const {addresses} = await find(new Link(answers));
		t.deepEqual(addresses.map(formatAddressKey), found);
	},
});

test('all nodes are asked twice from every network, and listeners from the link-local one', async t => {
	const link = new Link([]);
	t.deepEqual(await find(link), {addresses: [], sent: 6});
	t.deepEqual(
		link.asked,
		[0, 1].flatMap(attempt => [
			`${500 * attempt} echo fe80::1 > ff02::1 #${attempt}`,
			`${500 * attempt} query fe80::1 > ff02::1 #${attempt}`,
			`${500 * attempt} echo 2001:db8::1 > ff02::1 #${attempt}`,
		]),
	);
	t.is(link.now, micros(1_500_000));
});

test(
	finds,
	'nodes are found by either answer, each once',
	[
		{from: 'fe80::7', to: 'fe80::1'},
		{from: 'fe80::7', to: 'fe80::1', attempt: 1},
		{from: 'fe80::7', kind: REPLY_KIND.listenerReport, after: 90_000},
		{from: 'fe80::8', kind: REPLY_KIND.listenerReport, after: 80_000},
		{from: '2001:db8::7', to: '2001:db8::1', after: 200},
	],
	['fe80::7', '2001:db8::7', 'fe80::8'],
);

test(
	finds,
	'a node that misses the first question is found by the second',
	[{from: 'fe80::9', attempt: 1}],
	['fe80::9'],
);

test(
	finds,
	'an answer may take as long as the timeout says',
	[
		{from: 'fe80::9', attempt: 1, after: 999_000},
		{from: 'fe80::a', attempt: 1, after: 1_001_000},
	],
	['fe80::9'],
);

test(
	finds,
	'addresses of other networks do not count: the link does not name targets elsewhere',
	[
		{from: '2001:db8:1::7'},
		{from: '::'},
		{from: 'ff02::1'},
		{from: '192.0.2.1'},
		{from: '2001:db8::1', to: '2001:db8::1'},
	],
	[],
);

test(finds, 'other kinds of answers do not count', [{from: 'fe80::7', kind: REPLY_KIND.protocol}], []);

test('without a network nobody is asked, and it ends at once', async t => {
	const link = new Link([]);
	t.deepEqual(await find(link, []), {addresses: [], sent: 0});
	t.is(link.now, micros(0));
});

test('questions that did not leave are not counted', async t => {
	t.is((await find(new Link([], 100))).sent, 0);
});

test('a signal ends it early with what was found', async t => {
	const ended = new AbortController();
	const link = new Link([{from: 'fe80::7'}]);
	const wait = link.wait.bind(link);
	link.wait = async deadline => {
		if (link.now > 0) {
			ended.abort();
		}

		await wait(deadline);
	};
	const {addresses} = await find(link, [network('fe80::1%eth0/64')], ended.signal);
	t.deepEqual(addresses.map(formatAddressKey), ['fe80::7']);
	t.is(link.now, micros(500_000));
	t.is(link.asked.length, 2);
});
