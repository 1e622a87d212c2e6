import type {Transport} from '@halfopen/model';
import {micros} from '@halfopen/model';
import {RateFloor} from '@halfopen/timing';
import test from 'ava';
import {TransportRate} from '../src/transport-rate.ts';

/** The rates that a transport is told, one after another. */
const told = (...rates: readonly {rate: number; maxRate?: number; minRate?: number}[]): number[] => {
	const heard: number[] = [];
	const transport = {setRate: (rate: number) => heard.push(rate)} as Pick<Transport, 'setRate'> as Transport;
	const transportRate = new TransportRate(transport);
	for (const {rate, maxRate = Infinity, minRate = 0} of rates) {
		transportRate.follow({rate, maxRate, floor: new RateFloor(minRate, micros(0))});
	}

	return heard;
};

test('the transport may send faster than the rate, so that it holds back nothing', t => {
	t.deepEqual(told({rate: 1000}), [1500]);
});

test('no faster than the user allows', t => {
	t.deepEqual(told({rate: 1000, maxRate: 1200}), [1200]);
});

test('as fast as the user demands, whatever the rate is', t => {
	t.deepEqual(told({rate: 1000, minRate: 50_000}), [50_000]);
	t.deepEqual(told({rate: 1000, minRate: Infinity}), [Infinity]);
	t.deepEqual(told({rate: 1000, minRate: 50_000, maxRate: 50_000}), [50_000]);
});

test('small changes are kept back, but for the one to the limit', t => {
	t.deepEqual(told({rate: 1000}, {rate: 1010}, {rate: 1100}), [1500, 1650]);
	t.deepEqual(told({rate: 980, maxRate: 1500}, {rate: 1000, maxRate: 1500}), [1470, 1500]);
});
