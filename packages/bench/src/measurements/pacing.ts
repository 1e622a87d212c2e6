import {type Micros, micros, SECOND} from '@halfopen/model';
import {openNativeTransport} from '@halfopen/native';
import {flood} from '../flood.ts';
import type {Measurement, MeasurementCase, Sample} from '../measurement.ts';
import {SILENT_HOST, SILENT_HOSTS} from '../network/cable.ts';
import {ProbeSource} from '../probe-source.ts';
import {gapShares, longestGap, mostAtOnce, rateOf} from '../send-times.ts';
import {threadsText} from '../threads-text.ts';

/** How evenly packets leave at a rate that was set. */
export const pacing: Measurement = {
	name: 'pacing',
	meaning:
		'how well a rate that was set is kept, and how evenly: long gaps and bursts lose probes in small queues',
	needsCable: true,
	rounds: 1,
	cases: ({duration, senderThreads: [first, ...others]}) => [
		...RATES.filter(rate => rate * duration >= SECOND).map(rate => caseOf(rate, first)),
		...others.map(senderThreads => caseOf(SHARED_RATE, senderThreads)),
	],
};

/** Those are measured of which two packets leave in the time that there is. */
const RATES = [0.1, 1, 10, 100, 1000, 10_000, 100_000, 1_000_000];

/** Where threads share a rate. */
const SHARED_RATE = 100_000;

const caseOf = (rate: number, senderThreads: number): MeasurementCase => ({
	label: `${rate.toLocaleString('en')} packets/s${threadsText(senderThreads)}`,
	measure: async duration => samplesOf(await paced(rate, senderThreads, duration), rate),
});

interface Paced {
	/** When each packet was handed to the kernel, in order. */
	readonly times: Float64Array;
	/** Time that all threads spent, as a share of that of one core. */
	readonly busy: number;
}

const paced = async (rate: number, senderThreads: number, least: Micros): Promise<Paced> => {
	const transport = openNativeTransport({tries: 1, batch: BATCH, senderThreads});
	transport.setRate(rate);
	const duration = micros(least + SECOND / rate / 2); // For the last packet that is due
	const times = new Float64Array(Math.ceil(((rate * duration) / SECOND) * ROOM));
	let count = 0;
	const before = process.cpuUsage();
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

	const {user, system} = process.cpuUsage(before);
	return {times: times.subarray(0, count).sort(), busy: (user + system) / duration};
};

/** Packets handed over together, at the most. */
const BATCH = 256;

/** Should more leave than may, there is room to see it. */
const ROOM = 2;

const samplesOf = ({times, busy}: Paced, rate: number): Sample[] => [
	{
		name: 'rate off by',
		unit: '%',
		better: 'less',
		value: Math.abs(rateOf(times) / rate - 1) * 100,
		grain: 0.1,
		goal: 0.5,
	},
	{
		name: 'most at once',
		unit: 'packets',
		better: 'less',
		value: mostAtOnce(times),
		grain: 1,
		goal: Math.min(BATCH, Math.max(1, rate / 1000)), // What is due in a millisecond
	},
	{
		name: 'longest gap',
		unit: 'ms',
		better: 'less',
		value: longestGap(times) / 1000,
		grain: 1,
		shares: gapShares(times, SECOND / rate),
	},
	{
		name: 'time of one core',
		unit: '%',
		better: 'less',
		value: busy * 100,
		grain: 2,
		...(rate < SPINS_FROM && {goal: 25}),
	},
];

/** Slower than that, threads sleep from packet to packet. */
const SPINS_FROM = 50_000;
