import type {Micros} from '@halfopen/model';
import {openNativeTransport} from '@halfopen/native';
import {flood, perSecond} from '../flood.ts';
import type {Measurement, Sample} from '../measurement.ts';
import {ANSWERING_HOST, ANSWERING_HOSTS} from '../network/cable.ts';
import {ProbeSource} from '../probe-source.ts';

/** Replies of a kernel that answers as fast as it can, on the cores that it shares with us. */
export const receive: Measurement = {
	name: 'receive',
	meaning:
		'replies that are captured, checked and read while probes leave flat out; none may be lost on our side',
	needsCable: true,
	cases: () => [{label: 'RSTs of closed ports', measure}],
};

const measure = async (duration: Micros): Promise<Sample[]> => {
	const transport = openNativeTransport({tries: 1});
	try {
		const source = new ProbeSource(ANSWERING_HOSTS);
		const {received, lost, elapsed} = await flood(transport, {
			source,
			towards: ANSWERING_HOST,
			duration,
			hasReplies: true,
		});
		return [
			{name: 'received', unit: '/s', better: 'more', value: perSecond(received, elapsed)},
			{
				name: 'lost on our side',
				unit: '%',
				better: 'less',
				value: (lost / Math.max(1, received + lost)) * 100,
				grain: 0.01,
				goal: 0,
			},
		];
	} finally {
		await transport.close();
	}
};
