import test, {type ExecutionContext} from 'ava';
import {createLab, type Lab} from './lab.ts';
import {labProblem} from './lab-problem.ts';

/** Declares a test that runs inside the file's lab. Tests of one lab run one after another. */
export type LabTest = (title: string, body: (t: ExecutionContext, lab: Lab) => Promise<void> | void) => void;

/**
 * Gives a test file its lab: made and prepared before the first test, removed after the last. Where
 * there can be no lab, tests say why and pass, except in CI, where they fail.
 */
export const useLab = (prepare?: (lab: Lab) => Promise<void> | void): LabTest => {
	const problem = labProblem();
	let lab: Lab;
	if (problem === undefined) {
		test.before('the lab stands', async () => {
			lab = await createLab();
			await prepare?.(lab);
			await lab.linksReady();
		});
		test.after.always('the lab is removed', async () => lab?.close());
	}

	return (title, body) => {
		test.serial(title, async t => {
			if (problem === undefined) {
				await body(t, lab);
				return;
			}

			t.log(problem);
			t.is(process.env['CI'], undefined, problem);
		});
	};
};
