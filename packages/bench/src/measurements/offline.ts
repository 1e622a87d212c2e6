import type {Micros} from '@halfopen/model';
import {openNativeTransport} from '@halfopen/native';
import {flood, perSecond} from '../flood.ts';
import type {Measurement, Sample} from '../measurement.ts';
import {SILENT_HOST, SILENT_HOSTS} from '../network/cable.ts';
import {ProbeSource} from '../probe-source.ts';

/** All of sending but the kernel's share. */
export const offline: Measurement = {
	name: 'offline',
	meaning:
		'records written by TypeScript and built into packets by C++, then dropped: what a scan could send',
	needsCable: false,
	cases: () => [
		{label: 'one core for both', isOnOneCore: true, measure},
		{label: 'all cores', measure},
	],
};

const measure = async (duration: Micros): Promise<Sample[]> => {
	const transport = openNativeTransport({tries: 1, send: 'null'});
	try {
		const source = new ProbeSource(SILENT_HOSTS);
		const {sent, elapsed} = await flood(transport, {source, towards: SILENT_HOST, duration});
		return [{name: 'packets', unit: '/s', better: 'more', value: perSecond(sent, elapsed)}];
	} finally {
		await transport.close();
	}
};
