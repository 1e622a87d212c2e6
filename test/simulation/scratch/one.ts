import {PROBE_KIND, SECOND} from '@halfopen/model';
import {milliseconds} from '../networks.ts';
import {simulateDiscovery, DEFAULT_PROBES} from '../simulate-discovery.ts';
const loss = 20,
	count = 16,
	targets = 256,
	step = 16;
for (let seed = 1; seed <= 30; seed++) {
	const hosts = Array.from({length: count}, (_, i) => ({
		address: `10.0.${(i * step) >> 8}.${((i * step) & 255) + 5}`,
		pings: {ack: 'silent'},
		ports: {'443': 'silent'},
	}));
	const network: any = {
		seed,
		hosts,
		link: {delay: milliseconds(10), loss: {out: loss / 100, back: loss / 100}},
	};
	const r = await simulateDiscovery({network, targets: ['10.0.0.0/24'], decisions: true} as any);
	const missed = r.reports.filter(
		x =>
			x.status !== 'up' &&
			hosts.some(
				h => h.address === (x as any).address.value?.toString() || ((x.address.value as number) & 15) === 5,
			),
	);
	if (missed.length === 0) continue;
	const m = missed[0].address.value;
	console.log(
		'seed',
		seed,
		'missed',
		missed.length,
		'probes/target',
		r.probes.length / 256,
		'loss of tries',
		r.summary.discovery!.loss,
		r.summary.discovery!.expectedMissed,
	);
	for (const e of r.events as any[])
		if (e.type === 'decision' && (e.decision?.address?.value === m || e.address?.value === m))
			console.log(JSON.stringify(e, (k, v) => (typeof v === 'bigint' ? String(v) : v)).slice(0, 220));
	const ups = (r.events as any[]).filter(
		e =>
			e.type === 'decision' &&
			JSON.stringify(e, (k, v) => (typeof v === 'bigint' ? String(v) : v)).includes('"host-decided"') &&
			JSON.stringify(e, (k, v) => (typeof v === 'bigint' ? String(v) : v)).includes('"up"'),
	);
	console.log(
		ups
			.map(e => {
				const d = e.decision ?? e;
				return `${Math.round((d.at ?? 0) / 1000)}:${d.tries ?? d.what?.tries}`;
			})
			.join(' '),
	);
	break;
}
