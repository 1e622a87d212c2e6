import test from 'ava';
import {CANARY_ATTEMPTS, CanaryPorts} from '../src/canary-ports.ts';

test('ports take turns', t => {
	const canaries = new CanaryPorts();
	t.true(canaries.isEmpty);
	canaries.add(7, 'closed');
	canaries.add(9, 'closed');
	t.false(canaries.isEmpty);
	t.deepEqual(
		[canaries.next(), canaries.next(), canaries.next()].map(({portIndex}) => portIndex),
		[7, 9, 7],
	);
});

test('a canary on its way is never mistaken for another: all that can be are told apart', t => {
	const canaries = new CanaryPorts();
	for (let portIndex = 0; portIndex < 100; portIndex++) {
		canaries.add(portIndex, 'closed');
	}

	const out = Array.from({length: CANARY_ATTEMPTS}, () => canaries.next());
	t.is(new Set(out.map(({canary}) => canary)).size, CANARY_ATTEMPTS);
	t.true(out.every(({canary}) => canary >= 0 && canary < CANARY_ATTEMPTS));
	t.true(new Set(out.map(({portIndex}) => portIndex)).size > 1);
});

test('ports take part that are in the state which most told: others say nothing of them', t => {
	const canaries = new CanaryPorts();
	canaries.add(1, 'open');
	t.is(canaries.next().portIndex, 1);
	for (const portIndex of [2, 3]) {
		canaries.add(portIndex, 'closed');
	}

	const out = Array.from({length: 4}, () => canaries.next().portIndex);
	t.true(out.every(portIndex => portIndex > 1));
});
