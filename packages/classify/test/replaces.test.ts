import test from 'ava';
import {PORT_STATES, type PortState} from '@halfopen/model';
import {replaces} from '@halfopen/classify';

const MATRIX: Record<PortState, Record<PortState, boolean>> = {
	unknown: {unknown: false, open: true, closed: true, filtered: true},
	filtered: {unknown: false, open: true, closed: true, filtered: false},
	closed: {unknown: false, open: true, closed: false, filtered: false},
	open: {unknown: false, open: false, closed: false, filtered: false},
};

for (const current of PORT_STATES) {
	for (const next of PORT_STATES) {
		const expected = MATRIX[current][next];
		test(`${next} ${expected ? 'takes' : 'does not take'} the place of ${current}`, t => {
			t.is(replaces({state: current, reason: 'reset'}, {state: next, reason: 'reset'}), expected);
		});
	}
}
