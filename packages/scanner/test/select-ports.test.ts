import test from 'ava';
import {ScanError} from '@halfopen/model';
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
	t.is(error.message, 'Expected at least one port that is not excluded, got none');
});
