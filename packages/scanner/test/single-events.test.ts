import test from 'ava';
import fc from 'fast-check';
import {singly} from '../src/single-events.ts';

async function* batchesOf(
	batches: readonly (readonly number[])[],
): AsyncGenerator<readonly number[], void, undefined> {
	yield* batches;
}

test('every element comes, in order', async t => {
	await t.notThrowsAsync(async () =>
		fc.assert(
			fc.asyncProperty(fc.array(fc.array(fc.nat())), async batches => {
				const elements: number[] = [];
				for await (const element of singly(batchesOf(batches))) {
					elements.push(element);
				}

				t.deepEqual(elements, batches.flat());
			}),
		),
	);
});

test('calls that do not wait for each other are answered in order, and then with the end', async t => {
	const events = singly(batchesOf([[1, 2], [], [3]]));
	const results = await Promise.all(Array.from({length: 5}, async () => events.next()));
	t.deepEqual(
		results.map(({value}) => value),
		[1, 2, 3, undefined, undefined],
	);
	t.deepEqual(
		results.map(({done}) => done),
		[false, false, false, true, true],
	);
});

test('leaving the loop ends the batches, and nothing comes after', async t => {
	let ended = false;
	const endless = async function* (): AsyncGenerator<readonly number[], void, undefined> {
		try {
			for (;;) {
				yield [1, 2, 3];
			}
		} finally {
			ended = true;
		}
	};

	const events = singly(endless());
	for await (const _ of events) {
		break;
	}

	t.true(ended);
	t.is((await events.next()).done, true);
});

async function* failing(): AsyncGenerator<readonly number[], void, undefined> {
	yield [1];
	throw new RangeError('no more');
}

test('an error comes out once', async t => {
	const events = singly(failing());
	t.is((await events.next()).value, 1);
	await t.throwsAsync(async () => events.next(), {instanceOf: RangeError});
	t.is((await events.next()).done, true);
});
