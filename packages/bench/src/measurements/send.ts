import {openNativeTransport, type NativeTransportOptions} from '@halfopen/native';
import {flood, perSecond} from '../flood.ts';
import type {Measurement, MeasurementCase} from '../measurement.ts';
import {SILENT_HOST, SILENT_HOSTS} from '../network/cable.ts';
import {ProbeSource} from '../probe-source.ts';
import {threadsText} from '../threads-text.ts';

type Setting = Required<Pick<NativeTransportOptions, 'send' | 'batch' | 'senderThreads'>>;

/** Packets flat out, to hosts that drop them. */
export const send: Measurement = {
	name: 'send',
	meaning: 'packets that leave flat out and are dropped at the other end of the cable: no scan is faster',
	needsCable: true,
	cases: ({senderThreads: [first, ...others]}) =>
		BACK_ENDS.flatMap(backEnd => [
			...BATCHES.map(batch => caseOf({send: backEnd, batch, senderThreads: first})),
			...others.map(senderThreads => caseOf({send: backEnd, batch: USUAL_BATCH, senderThreads})),
		]),
};

const BACK_ENDS = ['packet', 'ip'] as const;
const BATCHES = [1, 16, 64, 256];
const USUAL_BATCH = 64;

const caseOf = (setting: Setting): MeasurementCase => ({
	label: `${setting.send}, batches of ${setting.batch}${threadsText(setting.senderThreads)}`,

	async measure(duration) {
		const transport = openNativeTransport({tries: 1, ...setting});
		try {
			const source = new ProbeSource(SILENT_HOSTS);
			const {sent, elapsed} = await flood(transport, {source, towards: SILENT_HOST, duration});
			return [{name: 'sent', unit: '/s', better: 'more', value: perSecond(sent, elapsed)}];
		} finally {
			await transport.close();
		}
	},
});
