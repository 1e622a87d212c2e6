import {PROBE_KIND, SECOND} from '@halfopen/model';
import {hosts, milliseconds, numbers} from '../networks.ts';
import {simulateDiscovery, DEFAULT_PROBES} from '../simulate-discovery.ts';
const MIX: any = {
	'silent but 3': {ports: {'3,7,15': 'open'}, otherPorts: 'silent'},
	'half silent': {ports: {'1-10': 'silent'}},
	'mostly closed': {ports: {'3,7': 'open', '9': 'silent'}},
	'silent but 1': {ports: {'3': 'open'}, otherPorts: 'silent'},
};
const PINGS: any = {ack: 'answer', timestamp: 'answer', echo: 'answer'};
const count = Number(process.env.HOSTS ?? 64);
const probes = process.env.PE ? [{kind: PROBE_KIND.echo, port: 0}] : DEFAULT_PROBES;
for (const mix of Object.keys(MIX))
	for (const loss of [0, 2, 5, 10, 20]) {
		const line: string[] = [];
		for (const oracle of [false, true]) {
			(globalThis as any).ORACLE = oracle ? Math.max(1e-3, 1 - (1 - loss / 100) ** 2) : undefined;
			let probesSent = 0,
				wrong = 0,
				time = 0;
			const n = 10;
			for (let seed = 1; seed <= n; seed++) {
				const network = {
					seed,
					hosts: hosts(count, {...MIX[mix], pings: PINGS}),
					link: {
						delay: milliseconds(Number(process.env.RTT ?? 20) / 2),
						loss: {out: loss / 100, back: loss / 100},
					},
				};
				const r = await simulateDiscovery({network, ports: numbers(20), plan: {probes}});
				probesSent += r.probes.length;
				time += r.summary.elapsed / SECOND;
				for (const rep of r.reports) {
					if (rep.status !== 'up') {
						wrong += 1000;
						continue;
					}
					for (const p of rep.ports) {
						const d = MIX[mix].ports;
						let b = MIX[mix].otherPorts ?? 'closed';
						for (const [k, v] of Object.entries(d)) {
							for (const part of k.split(',')) {
								const [a, z = a] = part.split('-').map(Number);
								if (p.port >= a && p.port <= z) b = v;
							}
						}
						const want = b === 'silent' ? 'filtered' : b;
						if (p.state !== want) wrong++;
					}
				}
			}
			line.push(
				`${(probesSent / n / count / 20).toFixed(3)} ppp ${(time / n).toFixed(2)} s ${(wrong / n).toFixed(1)} wrong`,
			);
		}
		console.log(mix.padEnd(14), `${loss}%`.padEnd(4), line.join('  | oracle '));
	}
