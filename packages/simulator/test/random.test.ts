import test from 'ava';
import {Random, randomFor} from '../src/random.ts';

test('the generator gives the reference sequence', t => {
	// State and outputs as computed by the authors' C program.
	const random = new Random(Uint32Array.of(0x96_4d_4a_0c, 0xd4_0a_b8_95, 0xad_7f_de_cb, 0x30_06_f0_f0));
	t.deepEqual(
		[random.next(), random.next(), random.next(), random.next()],
		[0xf1_39_19_22, 0x6f_e5_38_06, 0xa5_be_28_40, 0xf5_10_ee_70],
	);
});

const sequence = (seed: number, name: string): number[] => {
	const random = randomFor(seed, name);
	return Array.from({length: 8}, () => random.next());
};

test('one seed and name give one sequence, another of either another', t => {
	t.deepEqual(sequence(1, 'a'), sequence(1, 'a'));
	t.notDeepEqual(sequence(1, 'a'), sequence(2, 'a'));
	t.notDeepEqual(sequence(1, 'a'), sequence(1, 'b'));
	t.notDeepEqual(sequence(1, 'ab'), sequence(1, 'ba'));
});

test('fractions are spread evenly from 0 to below 1', t => {
	const random = randomFor(1, 'fractions');
	const tenths = Array.from({length: 10}, () => 0);
	for (let draw = 0; draw < 100_000; draw++) {
		tenths[Math.floor(random.fraction() * 10)]++;
	}

	t.true(
		tenths.every(count => Math.abs(count - 10_000) < 400),
		tenths.join(' '),
	);
});

test('a chance of 0 draws nothing, a chance of 1 is always taken', t => {
	const random = randomFor(1, 'chance');
	const untouched = randomFor(1, 'chance');
	t.false(random.chance(0));
	t.is(random.next(), untouched.next());
	t.true(Array.from({length: 100}, () => random.chance(1)).every(Boolean));
});
