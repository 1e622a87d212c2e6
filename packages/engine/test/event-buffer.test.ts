import type {ScanEvent} from '@halfopen/model';
import test from 'ava';
import {EventBuffer} from '../src/event-buffer.ts';

const warning = (message: string): ScanEvent => ({type: 'warning', message});

test('events are taken once, in order', t => {
	const events = new EventBuffer();
	events.add(warning('one'));
	events.add(warning('two'));
	const taken = events.take();
	events.add(warning('three'));
	t.deepEqual(taken, [warning('one'), warning('two')]);
	t.deepEqual(events.take(), [warning('three')]);
	t.deepEqual(events.take(), []);
});
