import test from 'ava';
import {nearestName} from '../../src/options/nearest-name.ts';

const NAMES = ['--max-rate', '--max-retries', '--open', '-sS'];

test('the name with the fewest errors is found', t => {
	t.is(nearestName('--max-rat', NAMES), '--max-rate');
	t.is(nearestName('--mxa-retries', NAMES), '--max-retries');
	t.is(nearestName('--opne', NAMES), '--open');
});

test('what is too far from every name has no nearest', t => {
	t.is(nearestName('--script', NAMES), undefined);
});
