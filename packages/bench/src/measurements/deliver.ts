import type {Micros} from '@halfopen/model';
import {openNativeTransport} from '@halfopen/native';
import {flood, perSecond} from '../flood.ts';
import type {Measurement, Sample} from '../measurement.ts';
import {SILENT_HOST, SILENT_HOSTS} from '../network/cable.ts';
import {ProbeSource} from '../probe-source.ts';

/** All of receiving but the kernel's share: each probe is answered by a SYN/ACK where it would have left. */
export const deliver: Measurement = {
	name: 'deliver',
	meaning:
		'answers that are checked by C++ and read by TypeScript, while it asks: the most that a scan can take in',
	needsCable: false,
	cases: () => [{label: 'SYN/ACKs', measure}],
};

const measure = async (duration: Micros): Promise<Sample[]> => {
	const transport = openNativeTransport({tries: 1, send: 'null', nullAnswers: true});
	try {
		const source = new ProbeSource(SILENT_HOSTS);
		const {sent, received, lost, elapsed} = await flood(transport, {
			source,
			towards: SILENT_HOST,
			duration,
			hasReplies: true,
		});
		return [
			{name: 'replies', unit: '/s', better: 'more', value: perSecond(received, elapsed)},
			{name: 'lost', unit: '%', better: 'less', value: (lost / sent) * 100, grain: 0.001, goal: 0},
		];
	} finally {
		await transport.close();
	}
};
