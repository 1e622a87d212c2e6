import {formatPortRanges, type PortResult, portRangesOf, portTableOf} from '@halfopen/model';
import test from 'ava';
import fc from 'fast-check';
import {hiddenStates, splitPorts} from '../../src/host/hidden-states.ts';
import {closed, filtered, many, open} from '../reports.ts';

const hides = test.macro({
	title: (_, verbosity: number, debugging: number, most: number) =>
		`at verbosity ${verbosity} and debug level ${debugging} a state of ${most} ports is listed, one more is hidden`,
	exec(t, verbosity: number, debugging: number, most: number) {
		const rules = {verbosity, debugging, onlyOpen: false};
		t.deepEqual(hiddenStates(portTableOf(many(most, 1, closed)), rules), []);
		t.deepEqual(hiddenStates(portTableOf(many(most + 1, 1, closed)), rules), ['closed']);
	},
});

test(hides, 0, 0, 25);
test(hides, 1, 0, 50);
test(hides, 2, 0, 75);
test(hides, 1, 1, 550);

test('nothing is hidden at -ddd', t => {
	const rules = {verbosity: 3, debugging: 3, onlyOpen: false};
	t.is(hiddenStates(portTableOf(many(65_535, 1, closed)), rules).length, 0);
});

test('open ports are never hidden', t => {
	const ports = portTableOf([...many(1000, 1, open), closed(2000)]);
	t.is(hiddenStates(ports, {verbosity: 0, debugging: 0, onlyOpen: false}).length, 0);
	t.deepEqual(hiddenStates(ports, {verbosity: 0, debugging: 0, onlyOpen: true}), ['closed']);
});

test('nearly all ports may be listed while the others are hidden', t => {
	const ports = portTableOf([...many(65_000, 1, open), ...many(535, 65_001, closed)]);
	const {listed, hidden} = splitPorts(ports, {verbosity: 0, debugging: 0, onlyOpen: false});
	t.is(listed.length, 65_000);
	t.is(hidden[0].reasons[0].ports, '65001-65535');
});

test('a port is either listed or told with those of its state and reason', t => {
	const rules = {verbosity: 0, debugging: 0, onlyOpen: true};
	const states = fc.array(fc.constantFrom(open, closed, filtered, rejected, undefined));
	t.notThrows(() =>
		fc.assert(
			fc.property(states, made => {
				const results = made.flatMap((make, port) => (make === undefined ? [] : [make(port)]));
				const {listed, hidden} = splitPorts(portTableOf(results), rules);
				t.deepEqual(
					listed,
					results.filter(({state}) => state === 'open'),
				);
				const told = hidden.flatMap(({state, reasons}) =>
					reasons.map(({reason, count, ports}) => ({state, reason, count, ports})),
				);
				t.is(
					told.reduce((sum, {count}) => sum + count, 0),
					results.length - listed.length,
				);
				for (const {state, reason, count, ports} of told) {
					const same = results.filter(result => result.state === state && result.reason === reason);
					t.is(count, same.length);
					t.is(ports, formatPortRanges(portRangesOf(same.map(({port}) => port))));
				}
			}),
		),
	);
});

const rejected = (port: number): PortResult => filtered(port, 'host-unreach');
