import {type Micros, micros, MILLISECOND} from '@halfopen/model';
import {openNativeTransport} from '@halfopen/native';
import {perSecond} from '../flood.ts';
import type {Measurement, Sample} from '../measurement.ts';
import {SILENT_HOST, SILENT_HOSTS} from '../network/cable.ts';
import {ProbeSource} from '../probe-source.ts';

/** C++'s share of sending: records that wait already are built into packets and dropped. */
export const build: Measurement = {
	name: 'build',
	meaning: 'packets that C++ builds on one core from records that are there already: the most it can send',
	needsCable: false,
	cases: () => [{label: 'SYN over Ethernet', measure}],
};

/** Records that are written before the clock starts. */
const RECORDS = 2 ** 19;

const measure = async (duration: Micros): Promise<Sample[]> => {
	let built = 0;
	let elapsed = 0;
	while (elapsed < duration) {
		elapsed += await buildAll();
		built += RECORDS;
	}

	return [{name: 'packets', unit: '/s', better: 'more', value: perSecond(built, micros(elapsed))}];
};

const buildAll = async (): Promise<number> => {
	const transport = openNativeTransport({tries: 1, send: 'null', probeCapacity: RECORDS});
	const {clock, probes} = transport;
	try {
		new ProbeSource(SILENT_HOSTS).writeInto(probes, transport.pathTo(SILENT_HOST));
		const start = clock.now();
		transport.flush();
		while (probes.unsent > 0) {
			await transport.wait(micros(clock.now() + MILLISECOND));
		}

		return clock.now() - start;
	} finally {
		await transport.close();
	}
};
