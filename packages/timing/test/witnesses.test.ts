import test from 'ava';
import {AnswerRatio} from '../src/answer-ratio.ts';
import type {ProbeKind} from '../src/round.ts';
import {canariesToTell, PROBES_PER_CANARY, Witnesses} from '../src/witnesses.ts';

const SETTLED = {isStartUp: false, wantsEvidence: false};

/** Witnesses of a host that answers this share of its ports, alone in its start-up unless said otherwise. */
const witnessesOf = (share: number, path = {isStartUp: true, wantsEvidence: false}): Witnesses => {
	const ratio = new AnswerRatio();
	ratio.add(100, 100 * share, 1000);
	return new Witnesses(ratio, path, {hasOneHost: true}, 0);
};

/** Probes of this kind until a canary is wanted; `Infinity` where none is after many. */
const probesToCanary = (witnesses: Witnesses, kind: ProbeKind): number => {
	for (let count = 0; count < 1000; count++) {
		if (witnesses.wantCanary) {
			return count;
		}

		witnesses.onSend(kind, 1);
	}

	return Infinity;
};

test('no canary is wanted where first probes tell', t => {
	t.is(probesToCanary(witnessesOf(0.9), 'fresh'), Infinity);
	t.is(probesToCanary(witnessesOf(0.5, SETTLED), 'fresh'), Infinity);
});

test('silent ports, picked ones and those asked again tell nothing', t => {
	t.is(probesToCanary(witnessesOf(0.05, SETTLED), 'fresh'), PROBES_PER_CANARY / 2);
	t.is(probesToCanary(witnessesOf(0.9), 'picked'), PROBES_PER_CANARY / 2);
	t.is(probesToCanary(witnessesOf(0.9), 'repeated'), PROBES_PER_CANARY / 2);
});

test('a canary is wanted sooner while it is not known how many answers there are to be', t => {
	const early = witnessesOf(0.05, {isStartUp: true, wantsEvidence: true});
	t.true(probesToCanary(early, 'fresh') < PROBES_PER_CANARY / 2);
});

test('some are wanted at once of a host alone that answers a part, until there were enough', t => {
	const witnesses = witnessesOf(0.5);
	const [first, canaries] = [probesToCanary(witnesses, 'fresh'), [] as number[]];
	for (let next = first; next < Infinity; next = probesToCanary(witnesses, 'fresh')) {
		witnesses.onSend('canary', 1);
		canaries.push(next);
	}

	t.true(first < PROBES_PER_CANARY / 2);
	t.true(
		canaries.length >= 10 && canaries.every(probes => probes < PROBES_PER_CANARY / 2),
		canaries.join(' '),
	);
});

test('canaries are not in step with anything that happens at regular intervals', t => {
	const witnesses = witnessesOf(0.05, SETTLED);
	const after: number[] = [];
	for (let count = 0; count < 100; count++) {
		after.push(probesToCanary(witnesses, 'repeated'));
		witnesses.onSend('canary', 1);
	}

	const mean = after.reduce((sum, probes) => sum + probes) / after.length;
	t.true(Math.abs(mean - PROBES_PER_CANARY) < 1, `${mean}`);
	for (const period of [2, 3, 5, 10, 24, 25]) {
		const [at, inStep] = [{probes: 0}, {count: 0}];
		for (const probes of after) {
			at.probes += probes + 1;
			inStep.count += at.probes % period === 0 ? 1 : 0;
		}

		t.true(
			inStep.count < (2 * after.length) / period + 3,
			`${inStep.count} of ${after.length} at a period of ${period}`,
		);
	}
});

test('the more is lost, the more canaries tell whether the way is open', t => {
	t.is(canariesToTell(0.01), 1);
	t.is(canariesToTell(0.2), 2);
	t.true(canariesToTell(0.9) > 2 && canariesToTell(0.9) < 10);
});
