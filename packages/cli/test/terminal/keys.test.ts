import test from 'ava';
import {KEYS, pressKey, type KeyEffect, type LiveScan} from '../../src/terminal/keys.ts';
import {PROGRESS} from '../fake-scan.ts';

const SETTINGS = {verbosity: 1, debugging: 1, packetTrace: false};
const SCAN: LiveScan = {
	settings: SETTINGS,
	progress: {...PROGRESS, rateNow: 1000},
};

const presses = test.macro({
	title: (_, key: string) => `what follows from ${key}`,
	exec(t, key: string, effect: KeyEffect) {
		t.deepEqual(pressKey(key, SCAN), effect);
	},
});

test(presses, 'v', {settings: {verbosity: 2}, text: 'Verbosity: 2'});
test(presses, 'V', {settings: {verbosity: 0}, text: 'Verbosity: 0'});
test(presses, 'd', {settings: {debugging: 2}, text: 'Debugging: 2'});
test(presses, 'D', {settings: {debugging: 0}, text: 'Debugging: 0'});
test(presses, 'p', {settings: {packetTrace: true}, text: 'Packet trace: on'});
test(presses, 'P', {settings: {packetTrace: false}, text: 'Packet trace: off'});
test(presses, '+', {rate: 1250, text: 'Rate: 1250 packets/s'});
test(presses, '-', {rate: 800, text: 'Rate: 800 packets/s'});
test(presses, '\r', {});
test(presses, 'x', {});

test('levels stay between 0 and 10', t => {
	t.deepEqual(pressKey('v', {...SCAN, settings: {...SETTINGS, verbosity: 10}}).settings, {verbosity: 10});
	t.deepEqual(pressKey('V', {...SCAN, settings: {...SETTINGS, verbosity: 0}}).settings, {verbosity: 0});
});

test('a scan that stands still can be made faster', t => {
	t.is(pressKey('+', {...SCAN, progress: {...PROGRESS, rateNow: 0}}).rate, 1);
});

test('? shows every key', t => {
	const text = pressKey('?', SCAN).text ?? '';
	for (const {name, meaning} of Object.values(KEYS)) {
		t.true(text.includes(name) && text.includes(meaning), name);
	}

	t.regex(text, /any other {2}show how far the scan is$/);
});
