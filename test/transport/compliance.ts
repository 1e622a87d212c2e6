// What every transport does, whatever it sends through. Time is that of the transport's own clock, so the
// suite runs on a virtual one as well, and asserts no more of a real one than that it does not run backwards.
import assert from 'node:assert/strict';
import {CONNECT_FAILURE, MILLISECOND, REPLY_KIND, SECOND, micros, type ReplyKind} from '@halfopen/model';
import type {ComplianceNetwork, ComplianceSubject, Endpoint} from './compliance-network.ts';
import {drive, read, type Driver} from './driver.ts';

export interface ComplianceCase {
	readonly title: string;
	/** What the network must have. */
	readonly needs?: keyof ComplianceNetwork;
	/** For transports that send packets of their own. */
	readonly packetsOnly?: boolean;
	run(subject: ComplianceSubject): Promise<void>;
}

const BATCH = 64; // Probes that may leave in a row, whatever the rate
const TIMER_GRAIN = MILLISECOND; // A timer of Node may end this much early: whoever waits looks at the clock
const A_WHILE = 50 * MILLISECOND; // In which a second answer, or one too many, would come

export const COMPLIANCE_CASES: readonly ComplianceCase[] = [
	{
		title: 'a probe to an open port is answered once, after it was sent',
		run: async subject =>
			answersOnce(subject, subject.network.open, {
				packets: REPLY_KIND.synAck,
				connections: REPLY_KIND.connectAccepted,
			}),
	},
	{
		title: 'a probe to a closed port is answered once, after it was sent',
		run: async subject =>
			answersOnce(subject, subject.network.closed, {
				packets: REPLY_KIND.reset,
				connections: REPLY_KIND.connectFailed,
			}),
	},
	{
		title: 'a probe to a silent port is sent, and not answered',
		needs: 'silent',
		run: async subject =>
			drive(subject, async driver => {
				await ask(driver, present(subject.network.silent), 0);
				await driver.until(() => driver.sent.length === 1);
				await driver.watch(A_WHILE);
				assert.deepEqual(driver.replies, []);
			}),
	},
	{
		title: 'silent ports do not keep another from being asked',
		needs: 'silent',
		run: async subject =>
			drive(
				subject,
				async driver => {
					await askAll(driver, portsFrom(present(subject.network.silent), 5));
					await ask(driver, subject.network.open, 0);
					await driver.until(() => driver.replies.length === 1);
					assert.equal(driver.replies[0].port, subject.network.open.port);
				},
				{tries: 4, concurrency: 2},
			),
	},
	{
		title: 'a probe that is rejected is answered by an ICMP error in the name of its sender',
		needs: 'rejected',
		packetsOnly: true,
		run: async subject =>
			drive(subject, async driver => {
				const {address, port, sender} = present(subject.network.rejected);
				await ask(driver, {address, port}, 0);
				await driver.until(() => driver.replies.length === 1);
				const [reply] = driver.replies;
				const {family, value} = read(address);
				assert.equal(reply.kind, family === 4 ? REPLY_KIND.icmpError : REPLY_KIND.icmpv6Error);
				assert.equal(reply.target, value);
				assert.equal(reply.port, port);
				assert.equal(reply.sender, read(sender).value);
				assert.equal(reply.icmpType, family === 4 ? 3 : 1);
			}),
	},
	{
		title: 'each try to a port is answered as that try',
		run: async subject =>
			drive(subject, async driver => {
				for (const attempt of [0, 1, 3]) {
					await ask(driver, subject.network.open, attempt);
					await driver.until(() => driver.replies.at(-1)?.attempt === attempt);
				}

				assert.deepEqual(
					driver.replies.map(({attempt}) => attempt),
					[0, 1, 3],
				);
			}),
	},
	{
		title: 'tries to a port that are on their way together are told apart',
		packetsOnly: true,
		run: async subject =>
			drive(subject, async driver => {
				const path = await driver.pathTo(subject.network.closed.address);
				for (const attempt of [0, 1, 2, 3]) {
					driver.write(subject.network.closed, attempt, path);
				}

				driver.transport.flush();
				await driver.until(() => driver.replies.length === 4);
				assert.deepEqual(new Set(driver.replies.map(({attempt}) => attempt)), new Set([0, 1, 2, 3]));
			}),
	},
	{
		title: 'a thousand ports are answered, each once',
		run: async subject =>
			drive(subject, async driver => {
				const endpoints = closedPorts(subject, 1000);
				driver.transport.setRate(10_000);
				await askAll(driver, endpoints);
				await driver.until(() => driver.replies.length >= endpoints.length);
				await driver.watch(A_WHILE);
				assert.deepEqual(
					driver.replies.map(({port}) => port).sort((one, other) => one - other),
					endpoints.map(({port}) => port),
				);
			}),
	},
	{
		title: 'every probe comes back once, in order, with its tag and a send time that never steps back',
		run: async subject =>
			drive(subject, async driver => {
				const openedAt = driver.transport.clock.now();
				await askAll(driver, closedPorts(subject, 300));
				await driver.until(() => driver.sent.length >= 300);
				await driver.watch(A_WHILE);
				assert.deepEqual(
					driver.sent.map(({tag}) => tag),
					Array.from({length: 300}, (_, index) => index),
				);
				assert.ok(driver.sent.every(({error}) => error === 0));
				assert.ok(driver.sent[0].sentAt >= openedAt);
				assert.ok(
					driver.sent.every(({sentAt}, index) => index === 0 || sentAt >= driver.sent[index - 1].sentAt),
				);
				assert.ok(driver.sent.every(({sentAt}) => sentAt <= driver.transport.clock.now()));
			}),
	},
	{
		title: 'a full probe ring holds the writer up, and loses nothing',
		run: async subject =>
			drive(
				subject,
				async driver => {
					const {probes} = driver.transport;
					const path = await driver.pathTo(subject.network.closed.address);
					assert.equal(probes.free, 16);
					for (const endpoint of closedPorts(subject, 16)) {
						driver.write(endpoint, 0, path);
					}

					assert.equal(probes.free, 0);
					driver.transport.flush();
					await driver.until(() => driver.sent.length === 16);
					assert.equal(probes.free, 16);
					await askAll(driver, closedPorts(subject, 116).slice(16));
					await driver.until(() => driver.replies.length === 116 && driver.sent.length === 116);
				},
				{tries: 4, probeCapacity: 16},
			),
	},
	{
		title: 'replies that find their ring full are counted',
		run: async subject =>
			drive(
				subject,
				async driver => {
					const {transport} = driver;
					const path = await driver.pathTo(subject.network.closed.address);
					for (const endpoint of closedPorts(subject, 20)) {
						driver.write(endpoint, 0, path);
					}

					transport.flush();
					for (let turn = 0; turn < 1000 && arrived(driver) < 20; turn++) {
						await subject.elapse(transport, micros(5 * MILLISECOND));
					}

					assert.equal(transport.counters().repliesLost, 12);
					driver.take();
					assert.equal(driver.replies.length, 8);
				},
				{tries: 4, replyCapacity: 8},
			),
	},
	{
		title: 'probes that were not flushed do not leave',
		run: async subject =>
			drive(subject, async driver => {
				const path = await driver.pathTo(subject.network.closed.address);
				driver.write(subject.network.closed, 0, path);
				await subject.elapse(driver.transport, micros(A_WHILE));
				driver.take();
				assert.equal(driver.transport.counters().sent, 0);
				assert.equal(driver.sent.length, 0);
			}),
	},
	{
		title: 'a wait in which nothing happens ends at its deadline',
		run: async subject =>
			drive(subject, async ({transport}) => {
				for (const duration of [0, 1, 3 * MILLISECOND, 20 * MILLISECOND]) {
					const deadline = micros(transport.clock.now() + duration);
					await transport.wait(deadline);
					const early = deadline - transport.clock.now();
					assert.ok(early < TIMER_GRAIN, `${early} µs before the end of ${duration} µs`);
				}
			}),
	},
	{
		title: 'a wait ends when a probe leaves, and when an answer comes',
		run: async subject =>
			drive(subject, async driver => {
				const {transport} = driver;
				const path = await driver.pathTo(subject.network.open.address);
				const deadline = micros(transport.clock.now() + 600 * SECOND);
				driver.write(subject.network.open, 0, path);
				transport.flush();
				while (driver.replies.length === 0 || driver.sent.length === 0) {
					await transport.wait(deadline);
					assert.ok(transport.clock.now() < deadline);
					driver.take();
				}
			}),
	},
	{
		title: 'probes leave no faster than the rate set, but for one batch',
		run: async subject =>
			drive(subject, async driver => {
				const rate = 4000;
				driver.transport.setRate(rate);
				await askAll(driver, closedPorts(subject, 500));
				await driver.until(() => driver.sent.length === 500);
				const times = driver.sent.map(({sentAt}) => sentAt);
				for (const [index, start] of times.entries()) {
					const last = Math.min(index + 2 * BATCH, times.length - 1);
					const allowed = BATCH + ((times[last] - start) * rate) / SECOND + 1;
					assert.ok(last - index <= allowed, `${last - index} probes in ${times[last] - start} µs`);
				}
			}),
	},
	{
		title: 'a slow rate sends one probe at a time',
		run: async subject =>
			drive(subject, async driver => {
				driver.transport.setRate(10);
				await askAll(driver, closedPorts(subject, 4));
				await driver.until(() => driver.sent.length === 4);
				const took = driver.sent[3].sentAt - driver.sent[0].sentAt;
				assert.ok(took > 0.2 * SECOND, `four probes in ${took} µs`); // 0.3 s, but the first may be late
			}),
	},
	{
		title: 'a rate that is raised again holds at once',
		run: async subject =>
			drive(subject, async driver => {
				driver.transport.setRate(1);
				await askAll(driver, closedPorts(subject, 100));
				await driver.until(() => driver.sent.length > 0);
				driver.transport.setRate(Infinity);
				await driver.until(() => driver.sent.length === 100); // Within its patience, which is 10 s
			}),
	},
	{
		title: 'counters add up',
		run: async subject =>
			drive(subject, async driver => {
				await askAll(driver, closedPorts(subject, 50));
				await driver.until(() => driver.replies.length === 50 && driver.sent.length === 50);
				const counters = driver.transport.counters();
				assert.equal(counters.sent, 50);
				assert.equal(counters.received, 50);
				assert.equal(counters.sendErrors, 0);
				assert.equal(counters.repliesLost, 0);
				assert.equal(counters.malformed, 0);
				assert.equal(counters.wrongCookie, 0);
				if (subject.sends === 'packets') {
					const header = read(subject.network.closed.address).family === 4 ? 20 : 40;
					assert.equal(counters.sentBytes, 50 * (header + 24));
					assert.equal(counters.receivedBytes, 50 * (header + 20));
				}
			}),
	},
	{
		title: 'a path says how an address is reached',
		run: async subject =>
			drive(subject, async driver => {
				const {address} = subject.network.open;
				const path = await driver.pathTo(address);
				assert.equal(path.status, 'ready');
				assert.equal(path.local, subject.network.local);
				assert.equal(path.problem, undefined);
				assert.equal(path.source.family, read(address).family);
				if (subject.sends === 'packets') {
					assert.notEqual(path.device, '');
					assert.ok(Number(path.source.value) !== 0);
				}
			}),
	},
	{
		title: 'a path that was given back can be asked for again',
		run: async subject =>
			drive(subject, async driver => {
				const path = await driver.pathTo(subject.network.open.address);
				driver.transport.releasePath(path);
				await ask(driver, subject.network.open, 0);
				await driver.until(() => driver.replies.length === 1);
			}),
	},
	{
		title: 'a probe whose path was given back before it left is answered all the same',
		run: async subject =>
			drive(subject, async driver => {
				const path = await driver.pathTo(subject.network.closed.address);
				driver.write(subject.network.closed, 0, path);
				driver.transport.releasePath(path);
				driver.transport.flush();
				await driver.until(() => driver.replies.length === 1 && driver.sent.length === 1);
				assert.equal(driver.sent[0].error, 0);
			}),
	},
	{
		title:
			'an address to which there is no way has a path that says so, and probes to it come back with an error',
		needs: 'unreachable',
		packetsOnly: true,
		run: async subject =>
			drive(subject, async driver => {
				const address = present(subject.network.unreachable);
				const path = await driver.pathTo(address);
				assert.equal(path.status, 'unreachable');
				assert.ok(path.problem);
				driver.write({address, port: 80}, 0, path);
				driver.transport.flush();
				await driver.until(() => driver.sent.length === 1);
				assert.notEqual(driver.sent[0].error, 0);
				assert.equal(driver.transport.counters().sent, 0);
				assert.equal(driver.transport.counters().sendErrors, 1);
			}),
	},
	{
		title: 'nothing is traced unless asked for',
		run: async subject =>
			drive(subject, async driver => {
				await ask(driver, subject.network.open, 0);
				await driver.until(() => driver.replies.length === 1);
				assert.deepEqual(driver.transport.takePackets(), []);
			}),
	},
	{
		title: 'closing twice is safe, drops what was not sent, and ends waits',
		run: async subject =>
			drive(subject, async driver => {
				const {transport} = driver;
				transport.setRate(1);
				await askAll(driver, closedPorts(subject, 5));
				await driver.until(() => driver.sent.length > 0);
				await Promise.all([transport.close(), transport.close()]);
				await transport.close();
				await transport.wait(micros(transport.clock.now() + 600 * SECOND));
				assert.ok(transport.counters().sent < 5);
			}),
	},
];

/** Whether a case can be run on this subject. */
export const appliesTo = (
	{needs, packetsOnly}: ComplianceCase,
	{network, sends}: ComplianceSubject,
): boolean =>
	(needs === undefined || network[needs] !== undefined) && !(packetsOnly === true && sends !== 'packets');

/** Asks one port and examines the answer. */
const answersOnce = async (
	subject: ComplianceSubject,
	endpoint: Endpoint,
	kinds: Readonly<Record<ComplianceSubject['sends'], ReplyKind>>,
): Promise<void> =>
	drive(subject, async driver => {
		const {family, value} = read(endpoint.address);
		await ask(driver, endpoint, 2);
		await driver.until(() => driver.replies.length > 0 && driver.sent.length > 0);
		await driver.watch(A_WHILE);
		assert.equal(driver.replies.length, 1);
		const [reply] = driver.replies;
		const kind = kinds[subject.sends];
		assert.equal(reply.kind, kind);
		assert.equal(reply.family, family);
		assert.equal(reply.target, value);
		assert.equal(reply.sender, value);
		assert.equal(reply.port, endpoint.port);
		assert.equal(reply.attempt, 2);
		assert.equal(reply.icmpType, 0);
		assert.equal(reply.icmpCode, kind === REPLY_KIND.connectFailed ? CONNECT_FAILURE.refused : 0);
		assert.equal(reply.ttl > 0, subject.sends === 'packets');
		assert.ok(reply.receivedAt >= driver.sent[0].sentAt, 'received before it was sent');
		assert.ok(reply.receivedAt <= driver.transport.clock.now(), 'received in the future');
	});

/** Sends one probe. */
const ask = async (driver: Driver, endpoint: Endpoint, attempt: number): Promise<void> => {
	const path = await driver.pathTo(endpoint.address);
	driver.write(endpoint, attempt, path);
	driver.transport.flush();
};

/** Writes a probe for each endpoint of one address, as fast as the ring has room. */
const askAll = async (driver: Driver, endpoints: readonly Endpoint[]): Promise<void> => {
	const {probes} = driver.transport;
	const path = await driver.pathTo(endpoints[0].address);
	for (const endpoint of endpoints) {
		if (probes.free === 0) {
			driver.transport.flush();
			await driver.until(() => probes.free > 0);
		}

		driver.write(endpoint, 0, path);
	}

	driver.transport.flush();
};

const closedPorts = ({network}: ComplianceSubject, count: number): Endpoint[] =>
	portsFrom(network.closed, count);

const portsFrom = ({address, port}: Endpoint, count: number): Endpoint[] =>
	Array.from({length: count}, (_, index) => ({address, port: port + index}));

/** Replies that came to the transport, taken or lost. */
const arrived = ({transport}: Driver): number =>
	transport.counters().received + transport.counters().repliesLost;

const present = <Value>(value: Value | undefined): Value => {
	assert.ok(value !== undefined);
	return value;
};
