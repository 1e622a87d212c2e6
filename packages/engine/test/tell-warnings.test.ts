import type {ScanEvent, Transport} from '@halfopen/model';
import test from 'ava';
import {EventBuffer} from '../src/event-buffer.ts';
import {tellWarnings} from '../src/tell-warnings.ts';

const told = (transport: Partial<Transport>): ScanEvent[] => {
	const events = new EventBuffer();
	tellWarnings(transport as Transport, events);
	return events.take();
};

test('what a transport has to say becomes warnings', t => {
	t.deepEqual(told({takeWarnings: () => ['eth0 went', 'the route to 10.0.0.0/8 leads elsewhere now']}), [
		{type: 'warning', message: 'eth0 went'},
		{type: 'warning', message: 'the route to 10.0.0.0/8 leads elsewhere now'},
	]);
});

test('a transport that has nothing to say, or never has, is silent', t => {
	t.deepEqual(told({takeWarnings: () => []}), []);
	t.deepEqual(told({}), []);
});
