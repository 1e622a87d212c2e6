// What becomes of ports that are left when the way to their host is closed for a while, or for good, or narrow.
import {SECOND} from '@halfopen/model';
import type {SimulatedLink} from '@halfopen/simulator';
import test from 'ava';
import {measure} from './measure.ts';
import {hosts, milliseconds, numbers} from './networks.ts';
import {simulateScan, type SimulatedScan} from './simulate-scan.ts';

const scanOver = (seed: number, link: SimulatedLink): SimulatedScan => ({
	network: {seed, hosts: hosts(32, {ports: {'22,53,80': 'open'}}), link: {delay: milliseconds(25), ...link}},
	ports: numbers(200),
});

test('ports that are left when a burst of loss begins are asked again after it', async t => {
	for (const seed of numbers(4, 3)) {
		const {wrong} = await measure(scanOver(seed, {bursts: {begin: 0.003, end: 0.1}}));
		t.is(wrong, 0, `seed ${seed}`);
	}
});

test('a way that is closed for good is given up soon, and by few probes', async t => {
	const {summary, probes} = await simulateScan(scanOver(1, {bursts: {begin: 0.002, end: 1e-9}}));
	const answered = summary.portsAnswered;
	t.true(answered > 0 && answered < 32 * 200);
	t.true(probes.length < 3 * 32 * 200, `${probes.length} probes`);
	t.true(summary.elapsed < 10 * SECOND, `${summary.elapsed} us`);
});

test('ports that are left when the rate has just changed are asked as often as the loss calls for', async t => {
	const network = {
		hosts: hosts(256, {ports: {'22,53,80': 'open' as const}}),
		link: {delay: milliseconds(25), jitter: milliseconds(2.5), loss: {out: 0.02, back: 0.02}},
		bottleneck: {packetsPerSecond: 40_000, queue: 2000},
	};
	let wrong = 0;
	for (const seed of numbers(6)) {
		wrong += (await measure({network: {seed, ...network}, ports: numbers(100)})).wrong;
	}

	t.is(wrong, 0);
});
