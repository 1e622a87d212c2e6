import type {ScanEvent, Transport} from '@halfopen/model';
import test from 'ava';
import {tellWarnings} from '../src/tell-warnings.ts';

const told = (transport: Partial<Transport>): ScanEvent[] => {
	const events: ScanEvent[] = [];
	tellWarnings(transport as Transport, {emit: event => events.push(event)});
	return events;
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
