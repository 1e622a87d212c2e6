// Measures one case, in a process that did nothing else before, perhaps at one end of a cable.

import {readFileSync, writeSync} from 'node:fs';
import {micros, ScanError} from '@halfopen/model';
import {MEASUREMENTS} from '../measurements/index.ts';
import type {Sample} from '../measurement.ts';
import type {Job, Outcome} from './job.ts';

const ROUNDS = 3;

const STANDARD_INPUT = 0;
const STANDARD_OUTPUT = 1;

const measure = async (job: Job): Promise<(readonly Sample[])[]> => {
	const {measurement: name, label, duration} = job;
	const measurement = MEASUREMENTS.find(other => other.name === name)!;
	const one = measurement.cases(job).find(other => other.label === label)!;
	const {rounds = ROUNDS} = measurement;
	if (rounds === 1) {
		return [await one.measure(duration)];
	}

	const each = micros(duration / (rounds + 1));
	await one.measure(each); // Does not count: caches and the compiler get warm
	const measured: (readonly Sample[])[] = [];
	while (measured.length < rounds) {
		measured.push(await one.measure(each));
	}

	return measured;
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
