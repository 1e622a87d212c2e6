// Measures one case, in a process that did nothing else before, perhaps at one end of a cable.

import {readFileSync, writeSync} from 'node:fs';
import {micros, ScanError} from '@halfopen/model';
import {MEASUREMENTS} from '../measurements/index.ts';
import type {Sample} from '../measurement.ts';
import type {Job, Outcome} from './job.ts';

const ROUNDS = 3;

const STANDARD_INPUT = 0;
const STANDARD_OUTPUT = 1;

const measure = async ({measurement: name, label, duration}: Job): Promise<Sample[][]> => {
	const measurement = MEASUREMENTS.find(each => each.name === name)!;
	const one = measurement.cases().find(each => each.label === label)!;
	const count = measurement.rounds ?? ROUNDS;
	const rounds: Sample[][] = [];
	for (let round = 0; round < count; round++) {
		rounds.push([...(await one.measure(micros(duration / count)))]);
	}

	return rounds;
};

const outcomeOf = async (job: Job): Promise<Outcome> => {
	try {
		return {rounds: await measure(job)};
	} catch (error) {
		if (error instanceof ScanError) {
			return {problem: {code: error.code, message: error.message}};
		}

		throw error;
	}
};

const job = JSON.parse(readFileSync(STANDARD_INPUT, 'utf8')) as Job;
writeSync(STANDARD_OUTPUT, JSON.stringify(await outcomeOf(job)));
