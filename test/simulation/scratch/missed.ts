import {PROBE_KIND, SECOND} from '@halfopen/model';
import {milliseconds} from '../networks.ts';
import {simulateDiscovery, DEFAULT_PROBES} from '../simulate-discovery.ts';
const ECHO = [{kind: PROBE_KIND.echo, port: 0}];
const KINDS: any = {
	'-PE': [ECHO, {}, {}],
	'1 of 4': [DEFAULT_PROBES, {ack: 'silent', timestamp: 'silent'}, {'443': 'silent'}],
	'2 of 4': [DEFAULT_PROBES, {ack: 'silent'}, {'443': 'silent'}],
	'4 of 4': [DEFAULT_PROBES, {ack: 'answer'}, {}],
};
for (const [count, targets, prefix, seeds] of [
	[16, 256, '10.0.0.0/24', 30],
	[64, 1024, '10.0.0.0/22', 8],
] as const)
	for (const name of Object.keys(KINDS))
		for (const loss of [0, 2, 5, 10, 20]) {
			const [probes, pings, ports] = KINDS[name];
			let missed = 0,
				sent = 0,
				time = 0,
				claimed = 0;
			for (let seed = 1; seed <= seeds; seed++) {
				const step = targets / count;
				const hosts = Array.from({length: count}, (_, i) => ({
					address: `10.0.${(i * step) >> 8}.${((i * step) & 255) + 5}`,
					pings,
					ports,
				}));
				const network = {
					seed,
					hosts,
					link: {delay: milliseconds(10), loss: {out: loss / 100, back: loss / 100}},
				};
				const r = await simulateDiscovery({network, targets: [prefix], plan: {probes, only: true}} as any);
				missed += count - r.summary.hostsUp;
				sent += r.probes.length / targets / seeds;
				time += r.summary.elapsed / SECOND / seeds;
				claimed += r.summary.discovery!.expectedMissed;
			}
			console.log(
				prefix.slice(7).padEnd(5),
				name.padEnd(6),
				`${loss}%`.padEnd(4),
				`${sent.toFixed(2)} per target ${time.toFixed(2)} s ${missed} missed of ${count * seeds} (claims ${claimed.toFixed(1)})`,
			);
		}
