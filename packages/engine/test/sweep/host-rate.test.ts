import {micros, SECOND} from '@halfopen/model';
import test from 'ava';
import {HostRate} from '../../src/sweep/host-rate.ts';

const HOST = 0x0a_00_00_01;
const OTHER = 0x0a_00_00_02;
const INTERVAL = SECOND / 10;

test('the first probe to an address may be sent at once, those that follow have turns', t => {
	const rate = new HostRate(10);
	t.deepEqual(
		[rate.reserve(HOST, micros(5)), rate.reserve(HOST, micros(6)), rate.reserve(HOST, micros(7))],
		[5, 5 + INTERVAL, 5 + 2 * INTERVAL].map(at => micros(at)),
	);
	t.is(rate.reserve(OTHER, micros(8)), micros(8));
});

test('a turn that was taken late moves the next one', t => {
	const rate = new HostRate(10);
	rate.reserve(HOST, micros(0));
	rate.reserve(HOST, micros(0));
	rate.reserve(HOST, micros(0));
	t.is(rate.claim(HOST, micros(INTERVAL + 40)), micros(INTERVAL + 40));
	t.is(rate.claim(HOST, micros(2 * INTERVAL)), micros(2 * INTERVAL + 40));
	t.is(rate.claim(HOST, micros(2 * INTERVAL + 40)), micros(2 * INTERVAL + 40));
});

test('an address is free when its turns are over', t => {
	const rate = new HostRate(10);
	t.true(rate.isFree(HOST, micros(0)));
	rate.reserve(HOST, micros(0));
	t.false(rate.isFree(HOST, micros(INTERVAL - 1)));
	t.true(rate.isFree(HOST, micros(INTERVAL)));
});

test('addresses that were not asked of late are forgotten', t => {
	const rate = new HostRate(10);
	for (let count = 0; count < 10_000; count++) {
		rate.reserve(HOST + count, micros(count * 1000));
	}

	t.true(rate.size <= 2 * (INTERVAL / 1000) + 2, `${rate.size}`);
});
