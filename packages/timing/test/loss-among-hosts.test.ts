import test from 'ava';
import fc from 'fast-check';
import {LossAmongHosts} from '../src/loss-among-hosts.ts';

const LEAST = 20;

interface Counts {
	tries: number;
	lost: number;
}

/** Hosts of which each try is lost or not, as `isLost` says. */
const among = (
	hosts: number,
	tries: number,
	isLost: (host: number, index: number) => boolean,
): LossAmongHosts => {
	const all = new LossAmongHosts();
	const counts = Array.from({length: hosts}, (): Counts => ({tries: 0, lost: 0}));
	for (let index = 0; index < tries; index++) {
		for (const [host, count] of counts.entries()) {
			const lost = isLost(host, index);
			all.count(count, lost);
			count.tries++;
			count.lost += lost ? 1 : 0;
		}
	}

	return all;
};

/** As good as chance, and the same each time: between 0 and 1 (a multiplicative hash, mixed twice). */
const chance = (host: number, index: number): number => {
	let mixed = Math.imul(host * 65_537 + index + 1, 0x9e_37_79_b1);
	mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85_eb_ca_6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2_b2_ae_35);
	return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
};

test('where all hosts lose alike, the loss of all weighs more than what one of them saw', t => {
	const weight = among(256, 100, (host, index) => chance(host, index) < 0.04).weight(LEAST);
	t.true(weight > 300, `${weight}`);
});

test('where nobody loses anything, the loss of all weighs at least what one of them saw', t => {
	const weight = among(256, 100, () => false).weight(LEAST);
	t.true(weight > 50, `${weight}`);
});

test('where some hosts lose much and others nothing, each counts for itself', t => {
	const weight = among(256, 100, (host, index) => host % 16 === 0 && chance(host, index) < 0.2).weight(LEAST);
	t.is(weight, LEAST);
});

test('where hosts differ a little, the loss of all weighs about what one of them saw', t => {
	const weight = among(
		256,
		100,
		(host, index) => chance(host, index) < (host % 2 === 0 ? 0.02 : 0.06),
	).weight(LEAST);
	t.true(weight > 40 && weight < 200, `${weight}`);
});

test('one host alone is compared with nobody', t => {
	t.is(among(1, 1000, (host, index) => chance(host, index) < 0.04).weight(LEAST), LEAST);
});

test('before anything was seen, and after one try of each, nothing is known of differences', t => {
	t.is(among(0, 0, () => false).weight(LEAST), LEAST);
	t.is(among(50, 1, host => host === 0).weight(LEAST), LEAST);
});

const flags = fc.array(fc.array(fc.boolean(), {minLength: 1, maxLength: 30}), {minLength: 2, maxLength: 20});

test('sums that are kept try by try are those over all hosts', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(flags, hosts => {
				const all = new LossAmongHosts();
				for (const tries of hosts) {
					for (const [index, isLost] of tries.entries()) {
						all.count({tries: index, lost: tries.slice(0, index).filter(Boolean).length}, isLost);
					}
				}

				const expected = weightOf(
					hosts.map(tries => ({tries: tries.length, lost: tries.filter(Boolean).length})),
				);
				return Math.abs(all.weight(LEAST) - expected) < 1e-6 * expected;
			}),
		),
	);
});

/** The same from the formula, in one go. */
const weightOf = (hosts: readonly Counts[]): number => {
	const sum = (of: (host: Counts) => number): number => hosts.reduce((total, host) => total + of(host), 0);
	const tries = sum(host => host.tries);
	const loss = (sum(host => host.lost) + 1) / (tries + 2);
	const spread = tries - sum(host => host.tries ** 2) / tries - (hosts.length - 1);
	const squares = sum(host => host.tries * (host.lost / host.tries - loss) ** 2);
	const excess = Math.max(0, squares / (loss * (1 - loss)) - (hosts.length - 1));
	const deviation = Math.sqrt(2 * (hosts.length - 1) + hosts.length ** 2 / (tries * loss * (1 - loss)));
	return spread <= 0 ? LEAST : Math.max(LEAST, spread / (excess + deviation) - 1);
};
