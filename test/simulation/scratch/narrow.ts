import {SECOND} from '@halfopen/model';
import {milliseconds} from '../networks.ts';
import {simulateDiscovery} from '../simulate-discovery.ts';
for (const [prefix, targets] of [
	['10.0.0.0/20', 4096],
	['10.0.0.0/19', 8192],
] as const)
	for (const every of [1000, 300, 100, 10])
		for (const line of [500, 2000, 8000]) {
			if (line === 500 && every === 10) continue;
			let missed = 0,
				total = 0,
				sent = 0;
			const times: number[] = [];
			const seeds = every === 1000 ? 8 : 3;
			for (let seed = 1; seed <= seeds; seed++) {
				const hosts = Array.from({length: Math.floor(targets / every)}, (_, i) => {
					const n = i * every + ((every * 7 * seed) % every) + ((seed * 37) % every);
					return {address: `10.0.${n >> 8}.${n & 255}`};
				});
				const network = {
					seed,
					hosts,
					link: {delay: milliseconds(5)},
					bottleneck: {packetsPerSecond: line, queue: line / 10},
				};
				const r = await simulateDiscovery({network, targets: [prefix]});
				missed += hosts.length - r.summary.hostsUp;
				total += hosts.length;
				sent += r.probes.length / targets / seeds;
				times.push(r.summary.elapsed / SECOND);
			}
			console.log(
				prefix.slice(-3),
				`1 in ${every}`.padEnd(10),
				`${line}/s`.padEnd(7),
				`${sent.toFixed(2)} per target, ${(times.reduce((a, b) => a + b) / seeds).toFixed(1)} s (max ${Math.max(...times).toFixed(1)}), ${missed} of ${total} missed`,
			);
		}
