import test from 'ava';
import * as fc from 'fast-check';
import {expectedMissed, isSilenceProven, triesNeeded} from '../src/confidence.ts';
import {TEMPLATES} from '../src/parameters.ts';

const usual = {confidence: TEMPLATES[3].confidence, maxRetries: 10};

for (const {loss, answered, ports, tries} of [
	{loss: 0.0001, answered: 1000, ports: 1000, tries: 2},
	{loss: 0.01, answered: 990, ports: 1000, tries: 3},
	{loss: 0.04, answered: 990, ports: 1000, tries: 5},
	{loss: 0.19, answered: 990, ports: 1000, tries: 9},
	{loss: 0.19, answered: 3, ports: 1000, tries: 5},
	{loss: 0.5, answered: 990, ports: 1000, tries: 11},
]) {
	test(`with a loss of ${loss} and ${answered} of ${ports} ports answered, silence takes ${tries} tries`, t => {
		t.is(triesNeeded({loss, answered, ports}, usual), tries);
	});
}

const evidence = fc.record({
	ports: fc.integer({min: 1, max: 65_536}),
	answeredShare: fc.double({min: 0, max: 1, noNaN: true}),
	loss: fc.double({min: 0.000_01, max: 0.9, noNaN: true}),
});
const evidenceOf = ({ports, answeredShare, loss}: {ports: number; answeredShare: number; loss: number}) => ({
	ports,
	answered: Math.floor(ports * answeredShare),
	loss,
});
const missedAfter = ({answered, loss}: {answered: number; loss: number}, tries: number): number =>
	expectedMissed({answered, doubt: loss ** tries});

test('fewer than one port in 10,000 is expected to be missed, unless the cap on retries is met', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(evidence, given => {
				const known = evidenceOf(given);
				const tries = triesNeeded(known, usual);
				return tries === usual.maxRetries + 1 || missedAfter(known, tries) <= known.ports / 10_000;
			}),
		);
	});
});

test('the bound is the one asked for, and no try more is made than it takes', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(evidence, fc.double({min: 0, max: 0.999_999, noNaN: true}), (given, confidence) => {
				const known = evidenceOf(given);
				const bound = (1 - confidence) * known.ports * (1 + 1e-9);
				const tries = triesNeeded(known, {confidence, maxRetries: 200});
				return (
					tries >= 2 &&
					(tries === 201 || missedAfter(known, tries) <= bound) &&
					(tries === 2 || missedAfter(known, tries - 1) > bound * (1 - 1e-6))
				);
			}),
		);
	});
});

test('at least two tries are made, and no more than the cap allows, even if that is one', t => {
	const lossless = {ports: 100, answered: 0, loss: 1e-9};
	const lossy = {ports: 100, answered: 99, loss: 0.9};
	t.is(triesNeeded(lossless, usual), 2);
	t.is(triesNeeded(lossless, {...usual, maxRetries: 0}), 1);
	t.is(triesNeeded(lossy, usual), 11);
	t.is(triesNeeded(lossy, {...usual, maxRetries: 1}), 2);
	t.is(triesNeeded(lossy, {...usual, confidence: 0}), 2);
});

test('more loss takes no fewer tries, more confidence neither', t => {
	const known = {ports: 1000, answered: 500};
	const byLoss = [0.001, 0.01, 0.05, 0.1, 0.2, 0.4].map(loss => triesNeeded({...known, loss}, usual));
	const byConfidence = [0, 0.9, 0.99, 0.9999, 0.999_999].map(confidence =>
		triesNeeded({...known, loss: 0.1}, {...usual, confidence}),
	);
	t.deepEqual(
		byLoss,
		[...byLoss].sort((one, other) => one - other),
	);
	t.deepEqual(
		byConfidence,
		[...byConfidence].sort((one, other) => one - other),
	);
});

test('where nothing answered, something is expected to be missed all the same', t => {
	t.true(expectedMissed({answered: 0, doubt: 0.01}) > 0);
});

test('silence is proven by the tries it takes, whatever was lost in each', t => {
	const known = {ports: 1000, answered: 500};
	const tries = triesNeeded({...known, loss: 0.1}, usual);
	t.true(isSilenceProven({...known, tries, doubt: 0.1 ** tries}, usual));
	t.false(isSilenceProven({...known, tries: tries - 1, doubt: 0.1 ** (tries - 1)}, usual));
	t.false(isSilenceProven({...known, tries, doubt: 0.8 * 0.1 ** (tries - 1)}, usual));
	t.false(isSilenceProven({...known, tries: 1, doubt: 1e-9}, usual));
	t.true(isSilenceProven({...known, tries: 11, doubt: 0.9}, usual));
});
