import {micros, NOTHING_SENT, type ScanEvent} from '@halfopen/model';
import test from 'ava';
import {withHeadStart} from '../../src/discovery/with-head-start.ts';

test('the time before the engine began is part of the scan, and so is what was sent', async t => {
	const warning: ScanEvent = {type: 'warning', message: 'x'};
	const summary = {...NOTHING_SENT, elapsed: micros(300), probesSent: 5, repliesReceivedBytes: 40};
	const batches = (async function* (): AsyncGenerator<readonly ScanEvent[], void, undefined> {
		yield [warning];
		yield [{type: 'end', summary}];
	})();
	const events: ScanEvent[] = [];
	const headStart = {
		took: micros(2000),
		traffic: {probesSent: 4, probesSentBytes: 256, repliesReceived: 3, repliesReceivedBytes: 200},
	};
	for await (const batch of withHeadStart(batches, headStart)) {
		events.push(...batch);
	}

	t.deepEqual(events, [
		warning,
		{
			type: 'end',
			summary: {
				...NOTHING_SENT,
				elapsed: micros(2300),
				probesSent: 9,
				probesSentBytes: 256,
				repliesReceived: 3,
				repliesReceivedBytes: 240,
			},
		},
	]);
});
