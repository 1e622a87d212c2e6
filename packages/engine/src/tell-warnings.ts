import type {ScanEvent, Transport} from '@halfopen/model';

/** Tells the user what the transport has to say: a route that leads elsewhere now, an interface that went. */
export const tellWarnings = (transport: Transport, scan: {emit(event: ScanEvent): void}): void => {
	for (const message of transport.takeWarnings?.() ?? []) {
		scan.emit({type: 'warning', message});
	}
};
