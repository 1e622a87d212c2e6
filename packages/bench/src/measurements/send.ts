import {openNativeTransport, type NativeTransportOptions} from '@halfopen/native';
import {flood, perSecond} from '../flood.ts';
import type {Measurement, MeasurementCase} from '../measurement.ts';
import {SILENT_HOST, SILENT_HOSTS} from '../network/cable.ts';
import {ProbeSource} from '../probe-source.ts';

type Setting = Pick<NativeTransportOptions, 'send' | 'batch' | 'senderThreads'>;

/** Packets flat out, to hosts that drop them. */
export const send: Measurement = {
	name: 'send',
	meaning: 'packets that leave flat out and are dropped at the other end of the cable: no scan is faster',
	needsCable: true,
	cases: () => SETTINGS.map(setting => caseOf(setting)),
};

const SETTINGS: readonly Setting[] = [
	{send: 'packet', batch: 1},
	{send: 'packet', batch: 16},
	{send: 'packet', batch: 64},
	{send: 'packet', batch: 256},
	{send: 'packet', batch: 64, senderThreads: 2},
	{send: 'ip', batch: 1},
	{send: 'ip', batch: 64},
];

const caseOf = (setting: Setting): MeasurementCase => ({
	label: `${setting.send}, batches of ${setting.batch}${threadsText(setting)}`,

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

const threadsText = ({senderThreads = 1}: Setting): string =>
	senderThreads === 1 ? '' : `, ${senderThreads} threads`;
