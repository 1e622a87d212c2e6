import {MOST_RETRIES} from '@halfopen/timing';
import test from 'ava';
import {firstCanaryOf, firstDiscoveryOf, triesFor} from '../src/attempts.ts';
import {UNKNOWN_ATTEMPT} from '@halfopen/model';

test('tries of ports, canaries, tries of hosts and canaries among these are told apart', t => {
	t.is(firstCanaryOf({maxRetries: 10}), 11);
	t.is(firstDiscoveryOf({maxRetries: 10}), 11 + 16);
	t.is(triesFor({maxRetries: 10}), 11 + 16 + 16 + 16);
});

test('the most retries leave room for all of them in a byte', t => {
	t.true(triesFor({maxRetries: MOST_RETRIES}) <= UNKNOWN_ATTEMPT);
});
