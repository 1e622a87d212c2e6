import {type Micros, SECOND} from '@halfopen/model';
import {openNativeTransport} from '@halfopen/native';
import {flood} from '../flood.ts';
import type {Measurement, MeasurementCase, Sample} from '../measurement.ts';
import {SILENT_HOST, SILENT_HOSTS} from '../network/cable.ts';
import {ProbeSource} from '../probe-source.ts';
import {gapShares, longestGap, mostAtOnce, rateOf} from '../send-times.ts';

/** How evenly packets leave at a rate that was set. */
export const pacing: Measurement = {
	name: 'pacing',
	meaning:
		'how well a rate that was set is kept, and how evenly: long gaps and bursts lose probes in small queues',
	needsCable: true,
	rounds: 1,
	cases: () => [100, 1000, 10_000, 100_000].map(rate => caseOf(rate)),
};

const caseOf = (rate: number): MeasurementCase => ({
	label: `${rate.toLocaleString('en')} packets/s`,
	measure: async duration => samplesOf(await sendTimes(rate, duration), rate),
});

/** When each packet was handed to the kernel, in order. */
const sendTimes = async (rate: number, duration: Micros): Promise<Float64Array> => {
	const transport = openNativeTransport({tries: 1});
	transport.setRate(rate);
	const times = new Float64Array(Math.ceil(((rate * duration) / SECOND) * ROOM));
	let count = 0;
	try {
		await flood(transport, {
			source: new ProbeSource(SILENT_HOSTS),
			towards: SILENT_HOST,
			duration,
			onSent: at => {
				times[count++] = at;
			},
		});
	} finally {
		await transport.close();
	}

	return times.subarray(0, count);
};

/** Should more leave than may, there is room to see it. */
const ROOM = 2;

const samplesOf = (times: Float64Array, rate: number): Sample[] => [
	{
		name: 'rate off by',
		unit: '%',
		better: 'less',
		value: Math.abs(rateOf(times) / rate - 1) * 100,
		grain: 0.1,
		goal: 0.5,
	},
	{name: 'most at once', unit: 'packets', better: 'less', value: mostAtOnce(times), grain: 1},
	{
		name: 'longest gap',
		unit: 'ms',
		better: 'less',
		value: longestGap(times) / 1000,
		grain: 1,
		shares: gapShares(times, SECOND / rate),
	},
];
