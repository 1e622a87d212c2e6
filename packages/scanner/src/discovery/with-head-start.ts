import {type Micros, micros} from '@halfopen/model';
import type {EventBatches} from '../name-reports.ts';

/** The same events, of a scan that was at work for so long before its engine was. */
export async function* withHeadStart(batches: EventBatches, headStart: Micros): EventBatches {
	for await (const events of batches) {
		yield events.map(event =>
			event.type === 'end'
				? {...event, summary: {...event.summary, elapsed: micros(event.summary.elapsed + headStart)}}
				: event,
		);
	}
}
