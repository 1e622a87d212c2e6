// What a process holds after many scans in it: descriptors, threads, memory.
//
// Usage: node bench/many-scans.ts [--scans N]
import {createLab, listen} from '../test/lab/index.ts';
import {runProgram} from '../test/end-to-end/halfopen.ts';
import {markdownTable, numberOption, report, time} from './measure.ts';

interface Holdings {
	readonly descriptors: number;
	readonly threads: number;
	readonly residentKilobytes: number;
	readonly sharedKilobytes: number;
}

const scans = numberOption('scans', 100);
const lab = await createLab();
await listen(lab.direct, [22, 80, 111]);

const rows: string[][] = [];
for (const atOnce of [1, 20]) {
	const {seconds, result} = await time(async () =>
		runProgram(lab.scanner, 'many.js', [`${scans}`, `${atOnce}`], {timeout: 600_000}),
	);
	const {before, after} = JSON.parse(result.stdout) as {before: Holdings; after: Holdings};
	for (const [when, holdings] of [
		['before', before],
		['after', after],
	] as const) {
		rows.push([
			`${scans} scans, ${atOnce} at once, ${when}`,
			`${holdings.descriptors}`,
			`${holdings.threads}`,
			`${(holdings.residentKilobytes / 1024).toFixed(1)} MiB`,
			`${(holdings.sharedKilobytes / 1024).toFixed(1)} MiB`,
			when === 'after' ? `${seconds.toFixed(1)} s` : '',
		]);
	}
}

await lab.close();
report(
	'many-scans',
	'Many scans in one process',
	`Each scan asks 200 ports of a host on the link. Before: after as many
scans, when code and threads are there; what the C library's allocator keeps for later grows for some hundred scans more.

${markdownTable([['', 'descriptors', 'threads', 'resident', 'buffers', 'whole process'], ...rows])}`,
);
