import {type PortTable, portTableOf} from '@halfopen/model';
import test from 'ava';
import {readPorts} from '../../src/host/read-ports.ts';
import {closed, open} from '../reports.ts';

test('all formats read the ports of a host once', t => {
	const reads: number[] = [];
	const table = portTableOf([open(22), closed(23)]);
	const counted: PortTable = Object.assign(Object.create(table), {
		at: (index: number) => {
			reads.push(index);
			return table.at(index);
		},
	});
	t.deepEqual(readPorts(counted), [open(22), closed(23)]);
	t.is(readPorts(counted), readPorts(counted));
	t.deepEqual(reads, [0, 1]);
	t.deepEqual(readPorts(portTableOf([open(1)])), [open(1)]);
});
