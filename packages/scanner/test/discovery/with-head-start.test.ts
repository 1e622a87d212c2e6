import {micros, NOTHING_SENT, type ScanEvent} from '@halfopen/model';
import test from 'ava';
import {withHeadStart} from '../../src/discovery/with-head-start.ts';

test('the time before the engine began is part of the scan', async t => {
	const warning: ScanEvent = {type: 'warning', message: 'x'};
	const batches = (async function* (): AsyncGenerator<readonly ScanEvent[], void, undefined> {
		yield [warning];
		yield [{type: 'end', summary: {...NOTHING_SENT, elapsed: micros(300)}}];
	})();
	const events: ScanEvent[] = [];
	for await (const batch of withHeadStart(batches, micros(2000))) {
		events.push(...batch);
	}

	t.deepEqual(events, [warning, {type: 'end', summary: {...NOTHING_SENT, elapsed: micros(2300)}}]);
});
