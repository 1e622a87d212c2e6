import {listen} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {runProgram} from './halfopen.ts';

interface Holdings {
	readonly descriptors: number;
	readonly threads: number;
}

const labTest = useLab(async lab => {
	await listen(lab.direct, [22]);
});

labTest(
	'a worker that is terminated in the middle of its scan takes its threads and sockets along',
	async (t, lab) => {
		const {status, signal, stdout, stderr} = await runProgram(lab.scanner, 'terminate.js');
		t.is(signal, null);
		t.is(status, 0, stderr);
		const {said, before, after} = JSON.parse(stdout) as {said: string[]; before: Holdings; after: Holdings};
		t.true(said.every(state => state === 'open' || state === 'closed'));
		t.is(after.descriptors, before.descriptors);
		t.true(after.threads <= before.threads);
	},
);

labTest('scans in workers of their own leave nothing behind, however they end', async (t, lab) => {
	const {status, stdout, stderr} = await runProgram(lab.scanner, 'worker.js');
	t.is(status, 0, stderr);
	const {said, before, after} = JSON.parse(stdout) as {
		said: (string | number)[];
		before: Holdings;
		after: Holdings;
	};
	t.deepEqual(said, Array.from({length: said.length / 3}, () => [25_600, 'left', 'end']).flat());
	t.is(after.descriptors, before.descriptors);
	t.true(after.threads <= before.threads);
});
