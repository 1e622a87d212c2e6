import {micros, type ScanSummary} from '@halfopen/model';
import type {EventBatches} from '../name-reports.ts';
import {addTraffic, type FoundOnLinks} from './find-on-links.ts';

/** What was done before an engine was at work. */
type HeadStart = Pick<FoundOnLinks, 'took' | 'traffic'>;

/** The same events, of a scan that began earlier than its engine. */
export async function* withHeadStart(batches: EventBatches, headStart: HeadStart): EventBatches {
	for await (const events of batches) {
		yield events.map(event =>
			event.type === 'end' ? {...event, summary: withBoth(event.summary, headStart)} : event,
		);
	}
}

const withBoth = (summary: ScanSummary, {took, traffic}: HeadStart): ScanSummary => ({
	...summary,
	...addTraffic(summary, traffic),
	elapsed: micros(summary.elapsed + took),
	...(summary.discovery !== undefined && {
		discovery: {
			...summary.discovery,
			probesSent: summary.discovery.probesSent + traffic.probesSent,
		},
	}),
});
