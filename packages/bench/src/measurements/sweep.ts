import {type Micros, micros, SECOND} from '@halfopen/model';
import {perSecond} from '../flood.ts';
import type {Measurement, Sample} from '../measurement.ts';
import {nullSweep} from '../null-sweep.ts';

/** The engine as it is, over nothing. */
export const sweep: Measurement = {
	name: 'sweep',
	meaning:
		'the engine flat out with nothing sent: what keeping account of every probe costs, in time and memory',
	needsCable: false,
	rounds: 1,
	cases: () => [
		{label: 'all of IPv4, silent', measure: measureSilent},
		{label: 'a million open ports', measure: measureOpen},
	],
};

const measureSilent = async (duration: Micros): Promise<Sample[]> => {
	const {summary, elapsed, peakMemory} = await nullSweep({prefixLength: 0, answers: false, duration});
	return [
		{name: 'probes', unit: '/s', better: 'more', value: perSecond(summary.probesSent, elapsed)},
		{
			name: 'share covered',
			unit: '%',
			better: 'more',
			value: (summary.probesSent / 2 ** 32) * 100,
			grain: 100,
		},
		memorySample(peakMemory),
	];
};

/** Of 2^20 hosts, and to the end. */
const OPEN_PREFIX = 12;
const OPEN_PORTS = 2 ** (32 - OPEN_PREFIX);
const LONGEST = micros(60 * SECOND);

const measureOpen = async (): Promise<Sample[]> => {
	const {results, elapsed, peakMemory} = await nullSweep({
		prefixLength: OPEN_PREFIX,
		answers: true,
		duration: LONGEST,
	});
	return [
		{name: 'results', unit: '/s', better: 'more', value: perSecond(results, elapsed)},
		{name: 'missed', unit: 'ports', better: 'less', value: OPEN_PORTS - results, goal: 0},
		memorySample(peakMemory),
	];
};

const memorySample = (bytes: number): Sample => ({
	name: 'peak memory',
	unit: 'MB',
	better: 'less',
	value: bytes / 1e6,
	grain: 20,
	goal: 200,
});
