import {listen} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {runProgram} from './halfopen.ts';

interface Holdings {
	readonly descriptors: number;
	readonly threads: number;
	readonly residentKilobytes: number;
	readonly sharedKilobytes: number;
}

const SCANS = 100;
const OPEN_PORTS = 3;

/** Some of the garbage of the last scans; the rings of 100 scans would be more. */
const TOLERATED_KILOBYTES = 24 * 1024;

/** Large blocks go back to the system when they are freed: what stays resident is what is held. */
const GIVE_BACK = {MALLOC_MMAP_THRESHOLD_: '131072'};

const labTest = useLab(async lab => {
	await listen(lab.direct, [22, 80, 111]);
});

for (const atOnce of [1, 20]) {
	labTest(`${SCANS} scans in one process, ${atOnce} at a time, leave nothing behind`, async (t, lab) => {
		const {status, stdout, stderr} = await runProgram(lab.scanner, 'many.js', [`${SCANS}`, `${atOnce}`], {
			timeout: 120_000,
			env: GIVE_BACK,
		});
		t.is(status, 0, stderr);
		const {open, before, after} = JSON.parse(stdout) as {open: number; before: Holdings; after: Holdings};
		t.log({before, after});
		t.is(open, SCANS * OPEN_PORTS);
		t.is(after.descriptors, before.descriptors);
		t.true(after.threads <= before.threads);
		t.true(after.residentKilobytes < before.residentKilobytes + TOLERATED_KILOBYTES);
		t.true(after.sharedKilobytes < before.sharedKilobytes + TOLERATED_KILOBYTES / 8);
	});
}
