import test from 'ava';
import {CONNECT_FAILURE} from '@halfopen/model';
import {outcomeOfError, type ConnectOutcome} from '../src/connect-outcome.ts';

const ROWS: readonly [code: string | undefined, outcome: ConnectOutcome][] = [
	['ECONNREFUSED', {is: 'failed', failure: CONNECT_FAILURE.refused}],
	['ECONNRESET', {is: 'failed', failure: CONNECT_FAILURE.refused}],
	['EHOSTUNREACH', {is: 'failed', failure: CONNECT_FAILURE.hostUnreachable}],
	['EHOSTDOWN', {is: 'failed', failure: CONNECT_FAILURE.hostUnreachable}],
	['ENETUNREACH', {is: 'failed', failure: CONNECT_FAILURE.netUnreachable}],
	['EACCES', {is: 'failed', failure: CONNECT_FAILURE.prohibited}],
	['EPERM', {is: 'failed', failure: CONNECT_FAILURE.prohibited}],
	['ETIMEDOUT', {is: 'failed', failure: CONNECT_FAILURE.timedOut}],
	['EMFILE', {is: 'short'}],
	['ENFILE', {is: 'short'}],
	['ENOBUFS', {is: 'short'}],
	['ENOMEM', {is: 'short'}],
	['EADDRNOTAVAIL', {is: 'short'}],
	['EINVAL', {is: 'impossible'}],
	[undefined, {is: 'impossible'}],
];

for (const [code, outcome] of ROWS) {
	test(`${code ?? 'an error without a code'} means ${Object.values(outcome).join(' ')}`, t => {
		t.deepEqual(outcomeOfError(code), outcome);
	});
}
