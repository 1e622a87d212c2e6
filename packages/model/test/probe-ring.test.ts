import * as fc from 'fast-check';
import test from 'ava';
import {
	PROBE_FIELD,
	PROBE_KIND,
	PROBE_RECORD_BYTES,
	ProbeConsumer,
	ProbeProducer,
	Ring,
	micros,
	type AddressKey,
	type SentProbe,
} from '@halfopen/model';

/** Both ends of a new ring whose cursors stand at `start`. */
const openRing = (capacity = 4, start = 0) => {
	const ring = new Ring(capacity, PROBE_RECORD_BYTES);
	ring.head = start;
	ring.tail = start;
	return {ring, producer: new ProbeProducer(ring), consumer: new ProbeConsumer(ring)};
};

const takeSent = (producer: ProbeProducer): SentProbe[] => {
	const sent: SentProbe[] = [];
	producer.takeSent((tag, sentAt, error) => sent.push({tag, sentAt, error}));
	return sent;
};

const u32 = fc.nat(0xff_ff_ff_ff);
const addressKey: fc.Arbitrary<AddressKey> = fc.oneof(u32, fc.bigInt(0n, (1n << 128n) - 1n));

test('a probe comes out as it went in', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(
				addressKey,
				fc.nat(65_535),
				fc.nat(255),
				u32,
				u32,
				fc.double({min: 0, max: 1e15, noNaN: true}),
				fc.nat(65_535),
				fc.constantFrom(...Object.values(PROBE_KIND)),
				(target, port, attempt, path, tag, sentAt, error, kind) => {
					const {producer, consumer} = openRing(1);
					producer.write(target, port, attempt, path, tag, kind);
					producer.publish();
					t.deepEqual(consumer.peek(), {target, port, attempt, path, kind});
					t.deepEqual(consumer.take(micros(sentAt), error), {target, port, attempt, path, kind});
					t.deepEqual(takeSent(producer), [{tag, sentAt: micros(sentAt), error}]);
				},
			),
		),
	);
});

test('fields of a record do not overlap', t => {
	const sizes = {sentAt: 8, target: 16, tag: 4, path: 4, port: 2, attempt: 1, family: 1, kind: 1, error: 2};
	const ends = Object.entries(PROBE_FIELD).map(([name, at]) => [at, at + sizes[name as keyof typeof sizes]]);
	t.true(ends.every(([at], index) => index === 0 || at >= ends[index - 1][1]));
	t.true(ends.every(([, end]) => end <= PROBE_RECORD_BYTES));
});

test('what was not published is not seen', t => {
	const {producer, consumer} = openRing();
	producer.write(1, 80, 0, 0, 7);
	t.false(consumer.hasNext);
	producer.publish();
	t.true(consumer.hasNext);
	consumer.take(micros(1));
	t.false(consumer.hasNext);
});

test('publishing wakes a consumer that sleeps, and only then', t => {
	const {ring, producer} = openRing();
	ring.announceWait();
	t.false(producer.publish(), 'nothing was written');
	producer.write(1, 80, 0, 0, 7);
	t.true(producer.publish());
	producer.write(1, 81, 0, 0, 8);
	t.false(producer.publish(), 'nobody sleeps any more');
});

for (const start of [0, 2 ** 31 - 2, 2 ** 32 - 2]) {
	test(`a ring that starts at count ${start} is full at its capacity and free again when send times were taken`, t => {
		const {producer, consumer} = openRing(4, start);
		t.is(producer.free, 4);
		for (const tag of [10, 11, 12, 13]) {
			producer.write(tag, tag, 0, 0, tag);
		}

		producer.publish();
		t.is(producer.free, 0);
		t.is(producer.pending, 4);
		t.deepEqual(
			[consumer.take(micros(1)), consumer.take(micros(2)), consumer.take(micros(3), 105)].map(
				({port}) => port,
			),
			[10, 11, 12],
		);
		t.is(producer.free, 0, 'the records hold send times that were not taken');
		t.deepEqual(takeSent(producer), [
			{tag: 10, sentAt: micros(1), error: 0},
			{tag: 11, sentAt: micros(2), error: 0},
			{tag: 12, sentAt: micros(3), error: 105},
		]);
		t.is(producer.free, 3);
		t.is(producer.pending, 1);
		t.true(consumer.hasNext);
		t.deepEqual(takeSent(producer), []);
	});
}

test('send times come back in the order written, however reads and writes alternate', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.array(fc.constantFrom('write', 'send', 'take')), steps => {
				const {producer, consumer} = openRing(4, 2 ** 32 - 5);
				const taken: number[] = [];
				let written = 0;
				for (const step of steps) {
					if (step === 'write' && producer.free > 0) {
						producer.write(1, 1, 0, 0, written++);
						producer.publish();
					} else if (step === 'send' && consumer.hasNext) {
						consumer.take(micros(1));
					} else if (step === 'take') {
						taken.push(...takeSent(producer).map(({tag}) => tag));
					}
				}

				t.deepEqual(
					taken,
					taken.map((_, index) => index),
				);
				t.is(taken.length + producer.pending, written);
			}),
		),
	);
});

test('an old error does not stick to a record that is used again', t => {
	const {producer, consumer} = openRing(1);
	producer.write(1, 1, 0, 0, 1);
	producer.publish();
	consumer.take(micros(1), 101);
	takeSent(producer);
	producer.write(1, 1, 0, 0, 2);
	producer.publish();
	consumer.take(micros(2));
	t.deepEqual(takeSent(producer), [{tag: 2, sentAt: micros(2), error: 0}]);
});

test('several rings share the probes in blocks, and each probe comes back once', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.array(fc.oneof(fc.constantFrom('write', 'take'), fc.nat(2))), steps => {
				const rings = [64, 128, 256].map(capacity => new Ring(capacity, PROBE_RECORD_BYTES));
				const consumers = rings.map(ring => new ProbeConsumer(ring));
				const producer = new ProbeProducer(...rings);
				const taken = new Set<number>();
				let written = 0;
				for (const step of steps) {
					if (step === 'write') {
						for (let count = Math.min(100, producer.free); count > 0; count--) {
							producer.write(1, 1, 0, 0, written++);
						}

						producer.publish();
					} else if (step === 'take') {
						for (const {tag} of takeSent(producer)) {
							t.false(taken.has(tag));
							taken.add(tag);
						}
					} else {
						while (consumers[step].hasNext) {
							consumers[step].take(micros(1));
						}
					}
				}

				t.is(taken.size + producer.pending, written);
				t.is(producer.free + producer.pending, 448);
			}),
		),
	);
});

test('one thread sends alone while it keeps up', t => {
	const rings = [1024, 1024].map(capacity => new Ring(capacity, PROBE_RECORD_BYTES));
	const consumer = new ProbeConsumer(rings[0]);
	const producer = new ProbeProducer(...rings);
	for (let tag = 0; tag < 4000; tag++) {
		producer.write(1, 1, 0, 0, tag);
		if (tag % 100 === 99) {
			producer.publish();
			while (consumer.hasNext) {
				consumer.take(micros(1));
			}

			producer.takeSent(() => {});
		}
	}

	t.is(rings[0].head, 4000);
	t.is(rings[1].head, 0);
});

test('threads that do not keep up share what there is', t => {
	const rings = [1024, 1024].map(capacity => new Ring(capacity, PROBE_RECORD_BYTES));
	const producer = new ProbeProducer(...rings);
	for (let tag = 0; tag < 1024; tag++) {
		producer.write(1, 1, 0, 0, tag);
	}

	producer.publish();
	t.deepEqual(
		rings.map(ring => ring.head),
		[512, 512],
	);
});

test('each ring whose consumer sleeps is named to be woken', t => {
	const rings = [64, 64].map(capacity => new Ring(capacity, PROBE_RECORD_BYTES));
	const producer = new ProbeProducer(...rings);
	for (let tag = 0; tag < 128; tag++) {
		producer.write(1, 1, 0, 0, tag);
	}

	rings[1].announceWait();
	const woken: number[] = [];
	t.true(producer.publish(ring => woken.push(ring)));
	t.deepEqual(woken, [1]);
	t.is(producer.unsent, 128);
});

test('a mark is passed when every ring is past it', t => {
	const rings = [64, 64].map(capacity => new Ring(capacity, PROBE_RECORD_BYTES));
	const [first, second] = rings.map(ring => new ProbeConsumer(ring));
	const producer = new ProbeProducer(...rings);
	const start = producer.mark();
	t.true(producer.isDoneWith(start));
	for (let tag = 0; tag < 65; tag++) {
		producer.write(1, 1, 0, 0, tag);
	}

	const mark = producer.mark();
	producer.publish();
	t.false(producer.isDoneWith(mark));
	while (first.hasNext) {
		first.take(micros(1));
	}

	t.false(producer.isDoneWith(mark));
	second.take(micros(1));
	t.true(producer.isDoneWith(mark));
	t.true(producer.isDoneWith(start));
});
