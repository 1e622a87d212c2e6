import {PROBE_KIND, SECOND} from '@halfopen/model';
import {milliseconds} from '../networks.ts';
import {simulateDiscovery, DEFAULT_PROBES} from '../simulate-discovery.ts';
const loss = Number(process.env.LOSS ?? 10),
	count = 64,
	targets = 1024,
	step = 16;
for (let seed = 1; seed <= 8; seed++) {
	const hosts = Array.from({length: count}, (_, i) => ({
		address: `10.0.${(i * step) >> 8}.${((i * step) & 255) + 5}`,
		pings: {ack: 'silent', timestamp: 'silent'},
		ports: {'443': 'silent'},
	}));
	const network: any = {
		seed,
		hosts,
		link: {delay: milliseconds(10), loss: {out: loss / 100, back: loss / 100}},
	};
	const r = await simulateDiscovery({network, targets: ['10.0.0.0/22'], decisions: true} as any);
	console.log('seed', seed, (r.summary.elapsed / SECOND).toFixed(2), r.probes.length);
	console.log(
		(r.events as any[])
			.filter(e => e.type === 'rate')
			.map(e => {
				const d = e;
				return `${Math.round(d.at / 1000)} ${d.address ? 'h' : ''}${Math.round(d.rate)} ${d.because}`;
			})
			.join('; '),
	);
}
