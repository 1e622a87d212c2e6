import test, {type ExecutionContext} from 'ava';
import {createLab, type Lab} from './lab.ts';
import {labProblem} from './lab-problem.ts';

/** Declares a test that runs inside the file's lab. Tests of one lab run one after another. */
export type LabTest = (title: string, body: (t: ExecutionContext, lab: Lab) => Promise<void> | void) => void;

/** Why the tests of a file can have no lab, or `undefined`. */
export const LAB_PROBLEM: string | undefined = labProblem();

/** Gives a test file its lab: made and prepared before the first test, removed after the last. */
export const useLab = (prepare?: (lab: Lab) => Promise<void> | void): LabTest => {
	let lab: Lab;
	if (LAB_PROBLEM === undefined) {
		test.before('the lab stands', async () => {
			lab = await createLab();
			await prepare?.(lab);
			await lab.linksReady();
		});
		test.after.always('the lab is removed', async () => lab?.close());
	}

	return (title, body) => {
		needsLab(title, async t => body(t, lab));
	};
};

/**
 * Declares a test that makes namespaces, one after another in a file. Where there can be no lab, it says why and
 * passes, except in CI, where it fails.
 */
export const needsLab = (title: string, body: (t: ExecutionContext) => Promise<void>): void => {
	test.serial(title, async t => {
		if (LAB_PROBLEM === undefined) {
			await body(t);
			return;
		}

		t.log(LAB_PROBLEM);
		t.is(process.env['CI'], undefined, LAB_PROBLEM);
	});
};
