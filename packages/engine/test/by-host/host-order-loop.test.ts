import {
	type Clock,
	type HostReport,
	ipv4,
	micros,
	NO_COUNTS,
	type Path,
	PROBE_RECORD_BYTES,
	ProbeConsumer,
	ProbeProducer,
	REPLY_KIND,
	REPLY_RECORD_BYTES,
	ReplyConsumer,
	ReplyProducer,
	Ring,
	type TracedPacket,
	type Transport,
	type TransportCounters,
} from '@halfopen/model';
import {blockAround, buildTargetSet} from '@halfopen/targets';
import {timingParameters} from '@halfopen/timing';
import test from 'ava';
import {HostOrderLoop} from '../../src/by-host/host-order-loop.ts';

const PATH: Path = {id: 0, status: 'ready', device: 'test0', source: ipv4(0x0a_00_00_01), local: false};

const ROUND_TRIP = 250; // µs

/** Answers at once, and tells only when asked to when the probes were sent: as a sender thread that is held up. */
class EarlyAnswers implements Transport {
	now = micros(0);
	readonly clock: Clock = {now: () => this.now};
	readonly tries = 255;
	readonly #probeRing = new Ring(64, PROBE_RECORD_BYTES);
	readonly #replyRing = new Ring(64, REPLY_RECORD_BYTES);
	readonly probes: ProbeProducer = new ProbeProducer(this.#probeRing);
	readonly replies: ReplyConsumer = new ReplyConsumer(this.#replyRing);
	readonly #consumer = new ProbeConsumer(this.#probeRing);
	readonly #producer = new ReplyProducer(this.#replyRing);

	pathTo(): Path {
		return PATH;
	}

	releasePath(): void {
		// There is but one
	}

	setRate(): void {
		// As fast as they come
	}

	flush(): void {
		this.probes.publish();
	}

	answerNext(): void {
		const {target, port, attempt} = this.#consumer.peek();
		this.#producer.write({
			kind: REPLY_KIND.reset,
			family: 4,
			target,
			port,
			attempt,
			receivedAt: micros(this.now + ROUND_TRIP),
			ttl: 64,
			sender: target,
			icmpType: 0,
			icmpCode: 0,
			window: 0,
			tcpFlags: 0x14,
		});
	}

	stampNext(sentAt: number): void {
		this.#consumer.take(micros(sentAt));
	}

	async wait(): Promise<void> {
		// The test steps
	}

	takePackets(): TracedPacket[] {
		return [];
	}

	counters(): TransportCounters {
		return NO_COUNTS;
	}

	async close(): Promise<void> {
		// Nothing is open
	}
}

test('a host whose answer is seen before the send time of its probe is reported with its latency', t => {
	const transport = new EarlyAnswers();
	const loop = new HostOrderLoop({
		transport,
		targets: buildTargetSet([blockAround(ipv4(0x0a_00_00_02))]),
		ports: Uint16Array.of(22),
		order: Uint32Array.of(0),
		picked: 1,
		timing: timingParameters(3, {}),
		portEvents: 'all',
		decisions: false,
		timeOfDay: Number,
	});
	const reports = (): HostReport[] =>
		loop.takeEvents().flatMap(event => (event.type === 'host' ? [event.report] : []));
	loop.step(transport.now);
	transport.answerNext();
	transport.now = micros(400);
	loop.step(transport.now);
	t.deepEqual(reports(), []);
	t.false(loop.isFinished);
	transport.stampNext(0);
	loop.step(transport.now);
	t.is(reports()[0]?.times?.smoothed, micros(ROUND_TRIP));
	t.true(loop.isFinished);
});
