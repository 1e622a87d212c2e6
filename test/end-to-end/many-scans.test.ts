import {listen} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {runProgram} from './halfopen.ts';

interface Holdings {
	readonly descriptors: number;
	readonly threads: number;
	readonly residentKilobytes: number;
	readonly heapKilobytes: number;
	readonly sharedKilobytes: number;
}

const SCANS = 100;
const OPEN_PORTS = 3;

/** Live objects and rings: those of one scan are more than this. */
const TOLERATED_HEAP_KILOBYTES = 2048;
const TOLERATED_SHARED_KILOBYTES = 1024;

/** What V8 and the allocator keep in reserve: it grows for some hundred scans, 20 at a time, and then no more. */
const TOLERATED_RESIDENT_KILOBYTES = 48 * 1024;

/** Large blocks go back to the system when they are freed: what stays resident is what is held. */
const GIVE_BACK = {MALLOC_MMAP_THRESHOLD_: '131072'};

const labTest = useLab(async lab => {
	await listen(lab.direct, [22, 80, 111]);
});

for (const atOnce of [1, 20]) {
	labTest(`${SCANS} scans in one process, ${atOnce} at a time, leave nothing behind`, async (t, lab) => {
		const {status, stdout, stderr} = await runProgram(lab.scanner, 'many.js', [`${SCANS}`, `${atOnce}`], {
			env: GIVE_BACK,
		});
		t.is(status, 0, stderr);
		const {open, before, after} = JSON.parse(stdout) as {open: number; before: Holdings; after: Holdings};
		t.log({before, after});
		t.is(open, SCANS * OPEN_PORTS);
		t.is(after.descriptors, before.descriptors);
		t.true(after.threads <= before.threads);
		t.true(after.heapKilobytes < before.heapKilobytes + TOLERATED_HEAP_KILOBYTES);
		t.true(after.sharedKilobytes < before.sharedKilobytes + TOLERATED_SHARED_KILOBYTES);
		t.true(after.residentKilobytes < before.residentKilobytes + TOLERATED_RESIDENT_KILOBYTES);
	});
}
