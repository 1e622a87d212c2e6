import test from 'ava';
import {hiddenStates} from '../../src/host/hidden-states.ts';
import {closed, many, open, portTable} from '../reports.ts';

const hides = test.macro({
	title: (_, verbosity: number, debugging: number, most: number) =>
		`at verbosity ${verbosity} and debug level ${debugging} a state of ${most} ports is listed, one more is hidden`,
	exec(t, verbosity: number, debugging: number, most: number) {
		const rules = {verbosity, debugging, onlyOpen: false};
		t.deepEqual(hiddenStates(portTable(many(most, 1, closed)), rules), []);
		t.deepEqual(hiddenStates(portTable(many(most + 1, 1, closed)), rules), ['closed']);
	},
});

test(hides, 0, 0, 25);
test(hides, 1, 0, 50);
test(hides, 2, 0, 75);
test(hides, 1, 1, 550);

test('nothing is hidden at -ddd', t => {
	const rules = {verbosity: 3, debugging: 3, onlyOpen: false};
	t.is(hiddenStates(portTable(many(65_535, 1, closed)), rules).length, 0);
});

test('open ports are never hidden', t => {
	const ports = portTable([...many(1000, 1, open), closed(2000)]);
	t.is(hiddenStates(ports, {verbosity: 0, debugging: 0, onlyOpen: false}).length, 0);
	t.deepEqual(hiddenStates(ports, {verbosity: 0, debugging: 0, onlyOpen: true}), ['closed']);
});
