import {GroupTiming} from '@halfopen/timing';
import {PROBE_KIND, SECOND} from '@halfopen/model';
import {hosts, milliseconds, numbers} from '../networks.ts';
import {simulateDiscovery, DEFAULT_PROBES} from '../simulate-discovery.ts';
let seen: any;
const old = GroupTiming.prototype.expectLossOf;
GroupTiming.prototype.expectLossOf = function (f) {
	seen = f;
	old.call(this, f);
};
const ECHO = [{kind: PROBE_KIND.echo, port: 0}];
const S: any = {silent: 'silent'};
const KINDS: any = {
	'-PE': [ECHO, {}, {}],
	'1 of 4': [DEFAULT_PROBES, {ack: 'silent', timestamp: 'silent'}, {'443': 'silent'}],
	'2 of 4': [DEFAULT_PROBES, {ack: 'silent'}, {'443': 'silent'}],
	'4 of 4': [DEFAULT_PROBES, {ack: 'answer'}, {}],
};
// 64 hosts among 1024
const among = (d: any) =>
	Array.from({length: 64}, (_, i) => ({address: `10.0.${(i * 16) >> 8}.${((i * 16) & 255) + 5}`, ...d}));
for (const name of Object.keys(KINDS))
	for (const loss of [0, 2, 5, 10, 20]) {
		const [probes, pings, ports] = KINDS[name];
		const p = 1 - (1 - loss / 100) ** 2;
		let tries = 0,
			lost = 0;
		const est: number[] = [],
			naive: number[] = [];
		let fails = 0,
			all = 0;
		for (let seed = 1; seed <= 12; seed++) {
			const network = {
				seed,
				hosts: among({pings, ports}),
				link: {delay: milliseconds(10), loss: {out: loss / 100, back: loss / 100}},
			};
			const r = await simulateDiscovery({network, targets: ['10.0.0.0/22'], plan: {probes, only: true}});
			const o = seen();
			tries += o.probes;
			lost += o.probes - o.answers;
			est.push((o.probes - o.answers + 0.2) / (o.probes + 20));
			naive.push(r.summary.discovery!.loss ?? 0);
		}
		const mean = (a: number[]) => a.reduce((x, y) => x + y, 0) / a.length;
		const sd = (a: number[]) => Math.sqrt(mean(a.map(x => (x - mean(a)) ** 2)));
		console.log(
			name.padEnd(7),
			`${loss}%`.padEnd(4),
			`true ${(p * 100).toFixed(1)}`,
			`tries ${(mean(naive) * 100).toFixed(1)}`,
			`raw ${((100 * lost) / tries).toFixed(1)} of ${(tries / 12).toFixed(0)}`,
			`prior ${(mean(est) * 100).toFixed(1)} ± ${(sd(est) * 100).toFixed(1)}`,
		);
	}
