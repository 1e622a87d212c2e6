import {ScanError} from '@halfopen/model';
import type {BenchOptions} from './bench-options.ts';
import type {Measurement} from './measurement.ts';
import {MEASUREMENTS} from './measurements/index.ts';

/**
 * The measurements that are asked for, in that order; without names all that are possible.
 * @throws ScanError `ERR_HALFOPEN_OPTION` for an unknown name, and for one that sends when nothing may be sent
 */
export const selectMeasurements = ({only, isNull = false}: BenchOptions): Measurement[] => {
	const wanted = only ?? MEASUREMENTS.map(({name}) => name);
	return wanted.flatMap(name => {
		const measurement = MEASUREMENTS.find(one => one.name === name);
		if (measurement === undefined) {
			throw new ScanError(
				'ERR_HALFOPEN_OPTION',
				`--only: expected one of ${MEASUREMENTS.map(one => one.name).join(', ')}, got \`${name}\``,
			);
		}

		if (!isNull || !measurement.needsCable) {
			return measurement;
		}

		if (only === undefined) {
			return [];
		}

		throw new ScanError('ERR_HALFOPEN_OPTION', `\`${name}\` sends packets, which \`--null\` forbids`);
	});
};
