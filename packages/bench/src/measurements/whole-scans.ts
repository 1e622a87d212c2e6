import {type Micros, type ScanEvent, SECOND} from '@halfopen/model';
import {scan} from '@halfopen/scanner';
import type {Measurement, MeasurementCase, Sample} from '../measurement.ts';
import {monotonicClock} from '../monotonic-clock.ts';

/** Whole scans of hosts that answer, each port's state checked. */
export const wholeScans: Measurement = {
	name: 'scan',
	meaning:
		'whole scans by the library, from the call to the last event, of hosts that one kernel stands in for',
	needsCable: true,
	rounds: 3,
	cases: () => [
		caseOf('1 host x 65,535 ports', {targets: '10.99.0.1', ports: '1-65535'}),
		caseOf('4,096 hosts x 10 ports', {targets: '10.99.0.0/20', ports: '1-10', order: 'random'}),
	],
};

type What = Pick<Parameters<typeof scan>[0], 'targets' | 'ports' | 'order'>;

const OPEN = [3, 7];

const caseOf = (label: string, what: What): MeasurementCase => ({
	label,
	openPorts: OPEN,
	measure: async () => measure(what),
});

/** However long it takes: a scan is not cut short. */
const measure = async (what: What): Promise<Sample[]> => {
	const start = monotonicClock.now();
	const tally = {ports: 0, wrong: 0, probes: 0};
	for await (const event of scan({...what, scanType: 'syn', discovery: false, seed: 1})) {
		count(event, tally);
	}

	const elapsed = (monotonicClock.now() - start) as Micros;
	return [
		{name: 'time', unit: 's', better: 'less', value: elapsed / SECOND},
		{name: 'sent', unit: 'packets/port', better: 'less', value: tally.probes / tally.ports, grain: 0.01},
		{name: 'wrong states', unit: 'ports', better: 'less', value: tally.wrong, goal: 0},
	];
};

const count = (event: ScanEvent, tally: {ports: number; wrong: number; probes: number}): void => {
	if (event.type === 'host') {
		for (const {port, state} of event.report.ports) {
			tally.ports++;
			tally.wrong += state === (OPEN.includes(port) ? 'open' : 'closed') ? 0 : 1;
		}
	} else if (event.type === 'end') {
		tally.probes = event.summary.probesSent;
	}
};
