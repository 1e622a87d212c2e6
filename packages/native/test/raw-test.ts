import test, {type ExecutionContext} from 'ava';
import {rawPacketProblem} from '@halfopen/native';

/**
 * A test that needs raw packets. Where they are not allowed it says why and passes, except in CI, where it fails.
 * Runs one after another: threads and descriptors of the process are counted.
 */
export const rawTest = (title: string, body: (t: ExecutionContext) => Promise<void>): void => {
	test.serial(title, async t => {
		const problem = rawPacketProblem();
		if (problem === undefined) {
			await body(t);
			return;
		}

		t.log(problem.message);
		t.is(process.env['CI'], undefined, problem.message);
	});
};
