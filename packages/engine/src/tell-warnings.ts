import type {Transport} from '@halfopen/model';
import type {EventBuffer} from './event-buffer.ts';

/** Tells the user what the transport has to say: a route that leads elsewhere now, an interface that went. */
export const tellWarnings = (transport: Transport, events: EventBuffer): void => {
	for (const message of transport.takeWarnings?.() ?? []) {
		events.add({type: 'warning', message});
	}
};
