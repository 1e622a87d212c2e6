import {CONNECT_FAILURE} from '@halfopen/model';

type ConnectFailure = (typeof CONNECT_FAILURE)[keyof typeof CONNECT_FAILURE];

/** How a connect() ended. */
export type ConnectOutcome =
	| {readonly is: 'accepted'}
	/** The network or the other side said no. */
	| {readonly is: 'failed'; readonly failure: ConnectFailure}
	/** Our own side has none left of what a socket needs: it did not leave, and may later. */
	| {readonly is: 'short'}
	/** Our own side refused, and would again. */
	| {readonly is: 'impossible'};

/** What an error of connect() means, by the name of its errno. */
export const outcomeOfError = (code: string | undefined): ConnectOutcome =>
	OUTCOMES.get(code) ?? {is: 'impossible'};

const failed = (failure: ConnectFailure): ConnectOutcome => ({is: 'failed', failure});
const SHORT: ConnectOutcome = {is: 'short'};

/** The kernel, or we, waited for long enough. */
export const TIMED_OUT: ConnectOutcome = failed(CONNECT_FAILURE.timedOut);

const OUTCOMES: ReadonlyMap<string | undefined, ConnectOutcome> = new Map([
	['ECONNREFUSED', failed(CONNECT_FAILURE.refused)],
	['ECONNRESET', failed(CONNECT_FAILURE.refused)], // Some kernels name a reset so
	['EHOSTUNREACH', failed(CONNECT_FAILURE.hostUnreachable)],
	['EHOSTDOWN', failed(CONNECT_FAILURE.hostUnreachable)],
	['ENETUNREACH', failed(CONNECT_FAILURE.netUnreachable)],
	['EACCES', failed(CONNECT_FAILURE.prohibited)],
	['EPERM', failed(CONNECT_FAILURE.prohibited)],
	['ETIMEDOUT', TIMED_OUT],
	['EMFILE', SHORT],
	['ENFILE', SHORT],
	['ENOBUFS', SHORT],
	['ENOMEM', SHORT],
	['EADDRNOTAVAIL', SHORT], // All local ports are taken
]);
