import {PROBE_KIND, SECOND} from '@halfopen/model';
import {milliseconds, numbers} from '../networks.ts';
import {simulateDiscovery, DEFAULT_PROBES} from '../simulate-discovery.ts';
const MIX: any = {
	'silent but 3': {ports: {'3,7,15': 'open'}, otherPorts: 'silent'},
	'mostly closed': {ports: {'3,7': 'open', '9': 'silent'}},
	'silent but 1': {ports: {'3': 'open'}, otherPorts: 'silent'},
};
const ECHO = [{kind: PROBE_KIND.echo, port: 0}];
for (const [count, targets, prefix] of [
	[64, 1024, '10.0.0.0/22'],
	[8, 256, '10.0.0.0/24'],
] as const)
	for (const [set, probes] of [
		['default', DEFAULT_PROBES],
		['-PE', ECHO],
	] as const)
		for (const mix of Object.keys(MIX))
			for (const loss of [0, 2, 5, 10]) {
				let sent = 0,
					wrong = 0,
					time = 0;
				const n = count === 8 ? 20 : 5;
				for (let seed = 1; seed <= n; seed++) {
					const step = targets / count;
					const hosts = Array.from({length: count}, (_, i) => ({
						address: `10.0.${(i * step) >> 8}.${((i * step) & 255) + 5}`,
						...MIX[mix],
						pings: {echo: 'answer'},
					}));
					const network = {
						seed,
						hosts,
						link: {delay: milliseconds(10), loss: {out: loss / 100, back: loss / 100}},
					};
					const r = await simulateDiscovery({
						network,
						targets: [prefix],
						ports: numbers(20),
						plan: {probes},
					} as any);
					sent += r.probes.length - r.summary.discovery!.probesSent;
					time += r.summary.elapsed / SECOND;
					wrong += 20 * (count - r.reports.filter(x => x.status === 'up').length);
					for (const rep of r.reports) {
						for (const p of rep.ports) {
							const d = MIX[mix].ports;
							let b = MIX[mix].otherPorts ?? 'closed';
							for (const [k, v] of Object.entries(d)) {
								for (const part of k.split(',')) {
									const [a, z = a] = part.split('-').map(Number);
									if (p.port >= a && p.port <= z) b = v;
								}
							}
							if (p.state !== (b === 'silent' ? 'filtered' : b)) wrong++;
						}
					}
				}
				console.log(
					`${count}`,
					set.padEnd(8),
					mix.padEnd(14),
					`${loss}%`.padEnd(4),
					`${(sent / n / count / 20).toFixed(3)} ppp ${(time / n).toFixed(2)} s ${(wrong / n).toFixed(2)} wrong`,
				);
			}
