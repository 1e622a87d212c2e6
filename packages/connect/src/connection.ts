import {connect, type Socket} from 'node:net';
import {MILLISECOND, type Micros} from '@halfopen/model';
import {TIMED_OUT, outcomeOfError, type ConnectOutcome} from './connect-outcome.ts';
import {onceLooked} from './once-looked.ts';

/** Where to connect to, and from. */
export interface Endpoint {
	readonly host: string;
	readonly port: number;
	readonly localAddress?: string;
}

/** One connect() that has not ended yet. */
export class Connection {
	readonly #socket: Socket;
	#done = false;

	/** `onEnd` is called once, after `life` at the latest, unless the connection is abandoned before. */
	constructor(endpoint: Endpoint, life: Micros, onEnd: (outcome: ConnectOutcome) => void) {
		const end = (outcome: ConnectOutcome): void => {
			if (!this.#done) {
				this.abandon();
				onEnd(outcome);
			}
		};

		this.#socket = connect({...endpoint, autoSelectFamily: false});
		this.#socket.on('connect', () => end({is: 'accepted'}));
		this.#socket.setTimeout(life / MILLISECOND, () => onceLooked(() => end(TIMED_OUT)));
		this.#socket.on('error', (error: NodeJS.ErrnoException) => end(outcomeOfError(error.code)));
	}

	/** Ends it without an outcome. What was accepted is reset, so that nothing lingers on either side. */
	abandon(): void {
		this.#done = true;
		if (this.#socket.readyState === 'open') {
			this.#socket.resetAndDestroy();
		} else {
			this.#socket.destroy();
		}
	}
}
