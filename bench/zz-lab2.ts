// node bench/zz-lab2.ts TEMPLATES SEEDS CLONE... : by turns
import {createLab, createWan, firewall, limitResets, listen} from '../test/lab/index.ts';
import {NODE} from '../test/end-to-end/halfopen.ts';
import {firewallOf, PATH_CASES} from './path-cases.ts';
const c = PATH_CASES.find(({name}) => name === 'reset-limit')!;
const [templates, seeds, ...clones] = process.argv.slice(2);
const [count, first] = seeds.split(':').map(Number);
const lab = await createLab();
const wan = await createWan({}, lab.scanner);
const listener = await listen(wan.target, c.open);
firewall(wan.target, firewallOf(c));
limitResets(wan.target, c.resets!.perSecond, c.resets!.burst);
const sums = new Map<string, {t: number[], p: number[], n: number}>();
for (let seed = first; seed < first + count; seed++) for (const template of templates.split(',')) for (const clone of clones) {
	await wan.change({...c.wan, seed: Number(seed)});
	await new Promise(r => setTimeout(r, 400));
	const r = await lab.scanner.run('timeout', ['60', NODE, `${clone}/packages/cli/bin/halfopen.js`, template, '-d2', '-n', '-Pn', '-v', '-p', '1-1000', '10.98.1.0', '--seed', String(seed)], {timeout: 70_000});
	const lines = r.stdout.split('\n');
	const packets = Number(/Raw packets sent: (\d+)/.exec(r.stdout)?.[1]) / 1000;
	const time = Number(/scanned in ([\d.]+)/.exec(r.stdout)?.[1]);
	const filtered = (r.stdout.match(/ filtered/g) ?? []).length;
	console.log('==', clone, template, 'seed', seed, time, packets, /Loss.*/.exec(r.stdout)?.[0], 'filtered', filtered);
	const key = `${clone} ${template}`;
	const s = sums.get(key) ?? {t: [], p: [], n: 0}; s.t.push(time); s.p.push(packets); sums.set(key, s);
	if (process.env.D) console.log(lines.filter(l => /start-up|trial|probing|: loss|loss\)|drained|relief|because|blind/.test(l)).map(l => l.slice(7, 110).replace('10.98.1.0: ', '').replace('probes a second from now on ', '')).join('; '));
}
const mean = (a: number[]) => a.reduce((x, y) => x + y, 0) / a.length;
for (const [k, s] of sums) console.log(k.padEnd(26), 'n', s.t.length, 'time', mean(s.t).toFixed(2), 'max', Math.max(...s.t), 'packets', mean(s.p).toFixed(3), 'max', Math.max(...s.p), 'over', s.p.filter(x => x > 1.198).length);
await listener.stop(); await wan.close(); await lab.close();
