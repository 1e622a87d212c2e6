import test from 'ava';
import {CanarySpacing} from '../src/canary-spacing.ts';
import {PROBES_PER_CANARY} from '../src/witnesses.ts';

const RATE = 10_000;

/** Probes that tell nothing and leave until a canary is due. */
const probesUntilDue = (spacing: CanarySpacing): number => {
	let probes = 0;
	for (; !spacing.isDue; probes++) {
		spacing.onSend(false);
	}

	return probes;
};

test('a canary is due after so many probes that tell nothing', t => {
	const spacing = new CanarySpacing();
	t.is(probesUntilDue(spacing), PROBES_PER_CANARY);
	spacing.onSend(true);
	t.is(probesUntilDue(spacing), PROBES_PER_CANARY);
});

test('none is due as long as other probes show whether the way is open', t => {
	const spacing = new CanarySpacing();
	for (let count = 0; count < 10 * PROBES_PER_CANARY; count++) {
		spacing.onSend(count % PROBES_PER_CANARY === 0);
		t.false(spacing.isDue);
	}
});

test('when there is none to be asked, it is looked for at no regular distance, within what leaves together twice', t => {
	const spacing = new CanarySpacing();
	probesUntilDue(spacing);
	const distances = Array.from({length: 5}, () => {
		spacing.onNone(RATE);
		return probesUntilDue(spacing);
	});
	t.deepEqual(distances, [1, 26, 11, 36, 20]); // 40 probes leave in 4 ms
	spacing.onSend(true);
	t.is(probesUntilDue(spacing), PROBES_PER_CANARY);
});

test('while the rate is in doubt, canaries stay as frequent in time as at the highest such rate', t => {
	const spacing = new CanarySpacing();
	spacing.onRate(RATE, true);
	spacing.onRate(RATE / 2, true);
	t.is(probesUntilDue(spacing), PROBES_PER_CANARY / 2);
	spacing.onRate(RATE / 4, true);
	spacing.onSend(true);
	t.is(probesUntilDue(spacing), PROBES_PER_CANARY / 4);
	spacing.onRate(RATE / 4, false);
	spacing.onSend(true);
	t.is(probesUntilDue(spacing), PROBES_PER_CANARY);
});
