import {type Micros, micros, ScanError, SECOND} from '@halfopen/model';
import type {BenchOptions} from './bench-options.ts';
import {type CaseResult, figuresOf} from './figure.ts';
import type {CaseSettings, Measurement, MeasurementCase} from './measurement.ts';
import {type Cable, layCable} from './network/cable.ts';
import {openPorts, runWorker} from './programs/start-program.ts';
import {selectMeasurements} from './select-measurements.ts';

/**
 * Measures one case after another, each in a process of its own, and tells each when it is done. What sends does so in
 * network namespaces that are made for it, and go with this process however it ends.
 * @throws ScanError `ERR_HALFOPEN_OPTION` for an unknown name, `ERR_HALFOPEN_PERMISSION` when namespaces are not allowed
 */
export async function* runBench(options: BenchOptions = {}): AsyncGenerator<CaseResult, void, undefined> {
	const measurements = selectMeasurements(options);
	const {duration = DEFAULT_DURATION, senderThreads = DEFAULT_SENDER_THREADS, signal} = options;
	const settings: CaseSettings = {duration, senderThreads};
	const cable = measurements.some(({needsCable}) => needsCable) ? await layCable() : undefined;
	try {
		for (const measurement of measurements) {
			for (const one of measurement.cases(settings)) {
				const result = await measureCase(measurement, one, {
					settings,
					signal,
					cable: measurement.needsCable ? cable : undefined,
				});
				if (signal?.aborted === true) {
					return; // What was cut short is no result
				}

				yield result;
			}
		}
	} finally {
		await cable?.close();
	}
}

export const DEFAULT_DURATION: Micros = micros(2 * SECOND);

const DEFAULT_SENDER_THREADS = [1, 2];

interface Place {
	readonly settings: CaseSettings;
	readonly cable: Cable | undefined;
	readonly signal: AbortSignal | undefined;
}

const measureCase = async (
	{name}: Measurement,
	{label, openPorts: ports = [], isOnOneCore = false}: MeasurementCase,
	{settings, cable, signal}: Place,
): Promise<CaseResult> => {
	const closePorts = cable && ports.length > 0 ? await openPorts(ports, cable.far, signal) : undefined;
	try {
		const rounds = await runWorker(
			{measurement: name, label, ...settings},
			{namespace: cable?.near, isOnOneCore, signal},
		);
		return {measurement: name, label, figures: figuresOf(rounds)};
	} catch (error) {
		if (error instanceof ScanError) {
			return {measurement: name, label, figures: [], problem: error.message};
		}

		throw error;
	} finally {
		await closePorts?.();
	}
};
