// What finding hosts tells ports of loss is not biased, however many kinds of probe a host answers.
import type {SimulatedHost} from '@halfopen/simulator';
import {GroupTiming, type Outcome} from '@halfopen/timing';
import test from 'ava';
import {milliseconds} from './networks.ts';
import {simulateDiscovery} from './simulate-discovery.ts';

/** What single probes were seen to lose when a scan ended. The timing of all hosts is told by that of the search alone. */
const seenBy = async (run: () => Promise<unknown>): Promise<Outcome> => {
	const name = 'expectLossOf';
	const method = Object.getOwnPropertyDescriptor(GroupTiming.prototype, name)!;
	const original = method.value as (this: GroupTiming, probes: () => Outcome) => void;
	let seen = nothing;
	Object.defineProperty(GroupTiming.prototype, name, {
		...method,
		value(this: GroupTiming, probes: () => Outcome) {
			seen = probes;
			original.call(this, probes);
		},
	});
	try {
		await run();
	} finally {
		Object.defineProperty(GroupTiming.prototype, name, method);
	}

	return seen();
};

const nothing = (): Outcome => ({probes: 0, answers: 0});

/** What hosts do with the usual probes, by how many of the four they answer. */
const HOSTS: readonly (readonly [kinds: number, host: Omit<SimulatedHost, 'address'>])[] = [
	[1, {ports: {'443': 'silent'}, pings: {ack: 'silent', timestamp: 'silent'}}],
	[2, {ports: {'443': 'silent'}, pings: {ack: 'silent'}}],
	[4, {}],
];

const SEEDS = [1, 2, 3, 4];

for (const [kinds, host] of HOSTS) {
	for (const percent of [0, 2, 5, 10]) {
		test.serial(
			`${percent} % lost each way is seen as it is by hosts that answer ${kinds} of 4 kinds`,
			async t => {
				const loss = percent / 100;
				let [probes, answers] = [0, 0];
				for (const seed of SEEDS) {
					const hosts = Array.from({length: 64}, (_, index) => ({
						address: `10.0.${index >> 4}.${(index & 15) * 16 + 5}`,
						...host,
					}));
					const network = {seed, hosts, link: {delay: milliseconds(10), loss: {out: loss, back: loss}}};
					const seen = await seenBy(() => simulateDiscovery({network, targets: ['10.0.0.0/22']}));
					probes += seen.probes;
					answers += seen.answers;
				}

				const expected = 1 - (1 - loss) ** 2;
				const deviation = Math.sqrt((expected * (1 - expected)) / probes);
				const found = 1 - answers / probes;
				t.true(probes > 200, `${probes}`);
				t.true(Math.abs(found - expected) <= 3 * deviation, `${found} of ${probes}, expected ${expected}`);
			},
		);
	}
}
