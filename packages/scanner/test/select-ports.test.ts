import test from 'ava';
import {ScanError} from '@halfopen/model';
import {parseServices} from '@halfopen/services';
import {selectPorts} from '../src/select-ports.ts';

const portsOf = (options: Parameters<typeof selectPorts>[0]): number[] => [...selectPorts(options).ports];

test('what is excluded is not among the ports', t => {
	t.deepEqual(portsOf({ports: '20-25', excludePorts: '21,23-24'}), [20, 22, 25]);
	t.deepEqual(portsOf({ports: [1, 2, 3], excludePorts: [2]}), [1, 3]);
});

test('exclusion comes before popularity, so the number of ports stays', t => {
	const popular = portsOf({topPorts: 5});
	const others = portsOf({topPorts: 5, excludePorts: [popular[0]]});
	t.is(others.length, 5);
	t.false(others.includes(popular[0]));
	t.is(portsOf({excludePorts: '80'}).length, 1000);
	t.deepEqual(portsOf({ports: '1-100', topPorts: 1, excludePorts: '22,23,25,53'}), [80]);
});

test('a scan without any port left is an error', t => {
	const error = t.throws(() => selectPorts({ports: '80', excludePorts: '-'}), {instanceOf: ScanError});
	t.is(error.code, 'ERR_HALFOPEN_PORT');
	t.is(error.message, 'excludePorts: expected to leave at least one port, got none');
});

const LISTED = parseServices('shell 22/tcp 0.2\nmail 25/tcp 0.1\nweb 80/tcp 0.5\n');

test('names and ranking come from the services that are given', t => {
	t.deepEqual(portsOf({services: LISTED}), [22, 25, 80]);
	t.deepEqual(portsOf({services: LISTED, topPorts: 2}), [22, 80]);
	t.deepEqual(portsOf({services: LISTED, ports: 'we*,shell'}), [22, 80]);
	t.deepEqual(portsOf({services: LISTED, ports: '[1-30],99'}), [22, 25, 99]);
	t.deepEqual(portsOf({services: LISTED, topPorts: 1, excludePorts: 'web'}), [22]);
});

test('a ratio takes the ports that are open as often, of those that are asked for', t => {
	t.deepEqual(portsOf({services: LISTED, portRatio: 0.2}), [22, 80]);
	t.deepEqual(portsOf({services: LISTED, portRatio: 0.1, ports: '1-30'}), [22, 25]);
	t.deepEqual(portsOf({services: LISTED, portRatio: 0, excludePorts: '22'}), [25, 80]);
});

const refuses = test.macro({
	title: (_, what: string) => what,
	exec(t, _what: string, options: Parameters<typeof selectPorts>[0], message: string) {
		t.throws(() => selectPorts(options), {instanceOf: ScanError, message});
	},
});

test(
	refuses,
	'a ratio needs to be known',
	{portRatio: 0.1},
	'portRatio: expected `services` that say how often ports are open, got none',
);
test(
	refuses,
	'a ratio is below 1',
	{portRatio: 1, services: LISTED},
	'portRatio: expected a share from 0 to below 1, got `1`',
);
test(
	refuses,
	'a ratio that no port has leaves nothing',
	{portRatio: 0.9, services: LISTED},
	'portRatio: expected a port that is open at a ratio of 0.9, got none',
);
test(
	refuses,
	'ports that are not ranked have no most popular',
	{ports: '443', topPorts: 5, services: LISTED},
	'services: expected at least one of the ports that are asked for, got none',
);
