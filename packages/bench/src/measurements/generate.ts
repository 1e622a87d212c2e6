import {type Micros, type Path, PROBE_RECORD_BYTES, ProbeProducer, Ring} from '@halfopen/model';
import {perSecond} from '../flood.ts';
import type {Measurement, Sample} from '../measurement.ts';
import {monotonicClock} from '../monotonic-clock.ts';
import {SILENT_HOSTS} from '../network/cable.ts';
import {ProbeSource} from '../probe-source.ts';

/** TypeScript's share of sending, with nobody to send. */
export const generate: Measurement = {
	name: 'generate',
	meaning: 'probe records that TypeScript permutes, looks up and writes on one core: the most it can ask for',
	needsCable: false,
	cases: () => [{label: 'hosts x ports', measure: async duration => [measure(duration)]}],
};

const CAPACITY = 4096; // As in the native transport

const measure = (duration: Micros): Sample => {
	const ring = new Ring(CAPACITY, PROBE_RECORD_BYTES);
	const producer = new ProbeProducer(ring);
	const source = new ProbeSource(SILENT_HOSTS);
	const start = monotonicClock.now();
	let elapsed = 0 as Micros;
	let written = 0;
	while (elapsed < duration) {
		written += source.writeInto(producer, NOWHERE);
		producer.publish();
		ring.tail = ring.head; // As if all of it had been sent
		producer.takeSent(forget);
		elapsed = (monotonicClock.now() - start) as Micros;
	}

	return {name: 'records', unit: '/s', better: 'more', value: perSecond(written, elapsed)};
};

const NOWHERE: Path = {id: 0, status: 'ready', device: 'none', source: {family: 4, value: 0}, local: false};

const forget = (): void => {};
