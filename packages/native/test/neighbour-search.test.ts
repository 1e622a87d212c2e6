import test from 'ava';
import {ipv4, ipv6, micros, type Address} from '@halfopen/model';
import {NeighbourSearch, type NeighbourAnswer, type WantedNeighbour} from '../src/neighbour-search.ts';
import type {NativeNeighbour} from '../src/native.ts';

const MAC = Uint8Array.of(2, 0, 0, 0, 0, 1);
const FOUND: NeighbourAnswer = {what: 'found', mac: MAC};
const INCOMPLETE: NativeNeighbour = {state: 0x01, mac: undefined};
const REACHABLE: NativeNeighbour = {state: 0x02, mac: MAC};
const STALE: NativeNeighbour = {state: 0x04, mac: MAC};
const FAILED: NativeNeighbour = {state: 0x20, mac: MAC};

const failure = (code: string): Error =>
	Object.assign(new Error(code), {code, operation: 'RTM_NEWNEIGH', errno: 1, detail: ''});

/** A kernel that shows one state after another, the last one for ever. 100 ms pass with each look. */
const search = (
	states: readonly (NativeNeighbour | undefined)[],
	{address = ipv4(0x0a_00_00_09), askFails = []}: {address?: Address; askFails?: string[]} = {},
) => {
	let looks = 0;
	let asks = 0;
	const kernel = {
		findNeighbour: () => states[Math.min(looks++, states.length - 1)],
		askNeighbour() {
			const code = askFails[asks++];
			if (code !== undefined) {
				throw failure(code);
			}
		},
	};
	const neighbours = new NeighbourSearch(kernel, {now: () => micros(looks * 100_000)});
	const keepAlive = setInterval(() => {}, 1000); // The timers of a search do not
	const answer = new Promise<NeighbourAnswer>(resolve => {
		const wanted: WantedNeighbour = {index: 2, device: 'eth0', address, onAnswer: resolve};
		const known = neighbours.begin(wanted);
		if (known !== undefined) {
			resolve(known);
		}
	}).finally(() => clearInterval(keepAlive));
	return {answer, asked: () => asks, looked: () => looks};
};

test('a neighbour that the kernel knows is known at once, and nobody is asked', async t => {
	const {answer, asked, looked} = search([REACHABLE]);
	t.is(looked(), 1);
	t.deepEqual(await answer, FOUND);
	t.is(asked(), 0);
});

test('a neighbour that was not checked lately is good enough', async t => {
	t.deepEqual(await search([STALE]).answer, FOUND);
});

test('a neighbour that answers while we ask is known at once', async t => {
	const {answer, asked, looked} = search([undefined, REACHABLE]);
	t.is(looked(), 2);
	t.deepEqual(await answer, FOUND);
	t.is(asked(), 1);
});

test('a neighbour that takes its time is found in the end', async t => {
	t.deepEqual(await search([undefined, INCOMPLETE, INCOMPLETE, INCOMPLETE, REACHABLE]).answer, FOUND);
});

test('a failure from before we asked is no answer', async t => {
	t.deepEqual(await search([FAILED, INCOMPLETE, REACHABLE]).answer, FOUND);
});

const isNotFound = test.macro({
	title: (title = '') => `${title} is not found`,
	async exec(t, states: readonly (NativeNeighbour | undefined)[], address: Address, problem: string) {
		t.deepEqual(await search(states, {address}).answer, {what: 'not-found', problem});
	},
});

test(
	'a neighbour that fails after we asked',
	isNotFound,
	[undefined, FAILED],
	ipv4(0x0a_00_00_09),
	'no answer to ARP for 10.0.0.9 on eth0',
);
test(
	'a neighbour that is silent',
	isNotFound,
	[undefined, INCOMPLETE],
	ipv6(1n),
	'no answer to neighbour discovery for ::1 on eth0',
);

test('a silent neighbour is asked for again, every 500 ms until 1.5 s are over', async t => {
	const {answer, asked} = search([undefined, INCOMPLETE]);
	await answer;
	t.is(asked(), 3);
});

test('asking may be forbidden', async t => {
	t.deepEqual(await search([undefined], {askFails: ['EPERM']}).answer, {what: 'not-permitted'});
});

test('patience begins when the kernel has room to look', async t => {
	const askFails = Array.from({length: 10}, () => 'ENOBUFS');
	const states = [...Array.from({length: 60}, () => undefined), REACHABLE];
	t.deepEqual(await search(states, {askFails}).answer, FOUND);
});
