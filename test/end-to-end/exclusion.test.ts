import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {askedAddresses, noteAskedAddresses} from '../lab/asked-addresses.ts';
import {useLab} from '../lab/use-lab.ts';
import {runHalfopen} from './halfopen.ts';

// The other end notes every address that anything comes for. Whatever the order, the back end and the way in which
// targets and exclusions are named, that is each target that is not excluded, and nothing else.

const labTest = useLab();

const addresses = (from: number, to: number): string[] =>
	Array.from(
		{length: to - from + 1},
		(_, index) => `10.99.${Math.floor((from + index) / 256)}.${(from + index) % 256}`,
	);

/** 10.99.0.0/22 without 10.99.1.0/24, 10.99.2.7 and 10.99.3.250-10.99.3.255. */
const PERMITTED: readonly string[] = [
	...addresses(0, 255),
	...addresses(512, 518),
	...addresses(520, 1017),
].sort();

const EXCLUDED = ['10.99.1.0/24', '10.99.2.7', '10.99.3.250-255'];

const CASES: readonly {readonly what: string; readonly args: readonly string[]}[] = [
	{what: 'host by host', args: ['--order', 'host']},
	{what: 'in a random order', args: ['--order', 'random']},
	{what: 'in a random order, in a thread of its own', args: ['--order', 'random', '--worker']},
	{what: 'by a raw IP socket', args: ['--order', 'random', '--send', 'ip']},
	{what: 'by connect()', args: ['-sT', '--order', 'host']},
];

for (const {what, args} of CASES) {
	labTest(`an excluded address is not asked ${what}`, async (t, lab) => {
		noteAskedAddresses(lab.direct);
		const {status, stderr} = await runHalfopen(lab.scanner, [
			'-n',
			'-Pn',
			'-p',
			'22,80',
			'--max-retries',
			'1',
			...args,
			'10.99.0.0/22',
			'--exclude',
			EXCLUDED.join(','),
		]);
		t.is(status, 0, stderr);
		t.deepEqual(askedAddresses(lab.direct).syn, PERMITTED);
	});
}

labTest('an address that a file excludes is not asked, whatever list it is in', async (t, lab) => {
	const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-'));
	t.teardown(async () => rm(folder, {recursive: true}));
	const [targets, excluded] = ['targets', 'excluded'].map(name => path.join(folder, name));
	await writeFile(targets, '10.99.0.0/24 # one\n10.99.1.9-10.99.3.255\n10.99.0-3.7\n');
	await writeFile(excluded, `${EXCLUDED.join('\n')}\n10.99.0.7\n`);
	noteAskedAddresses(lab.direct);
	const {status, stderr} = await runHalfopen(lab.scanner, [
		'-n',
		'-Pn',
		'-p',
		'22',
		'-iL',
		targets,
		'--excludefile',
		excluded,
	]);
	t.is(status, 0, stderr);
	t.deepEqual(
		askedAddresses(lab.direct).syn,
		PERMITTED.filter(address => address !== '10.99.0.7'),
	);
});

labTest('shards together ask everything but what is excluded', async (t, lab) => {
	noteAskedAddresses(lab.direct);
	for (const shard of ['1/3', '2/3', '3/3']) {
		const {status, stderr} = await runHalfopen(lab.scanner, [
			'-n',
			'-Pn',
			'-p',
			'22',
			'--shard',
			shard,
			'--seed',
			'7',
			'10.99.0.0/22',
			'--exclude',
			EXCLUDED.join(','),
		]);
		t.is(status, 0, stderr);
	}

	t.deepEqual(askedAddresses(lab.direct).syn, PERMITTED);
});

labTest('of pairs, those of excluded addresses are not asked', async (t, lab) => {
	noteAskedAddresses(lab.direct);
	const {status, stderr} = await runHalfopen(
		lab.scanner,
		['-n', '-Pn', '--pairs', '-', '--exclude', '10.99.1.0/24'],
		{input: '10.99.0.9:22\n10.99.1.9:22\n10.99.2.9:80\n'},
	);
	t.is(status, 0, stderr);
	t.deepEqual(askedAddresses(lab.direct).syn, ['10.99.0.9', '10.99.2.9']);
});

labTest('an excluded neighbour is not even looked for by ARP', async (t, lab) => {
	for (const order of ['host', 'random']) {
		noteAskedAddresses(lab.direct);
		lab.scanner.ip('neigh flush dev direct');
		const {status, stderr} = await runHalfopen(lab.scanner, [
			'-n',
			'-Pn',
			'-p',
			'22',
			'--order',
			order,
			'10.77.3.2-5',
			'--exclude',
			'10.77.3.3,10.77.3.5',
		]);
		t.is(status, 0, stderr);
		t.deepEqual(askedAddresses(lab.direct), {syn: ['10.77.3.2'], arp: ['10.77.3.2', '10.77.3.4']});
	}
});
