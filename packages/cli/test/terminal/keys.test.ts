import test from 'ava';
import {KEYS, pressKey, type KeyEffect} from '../../src/terminal/keys.ts';
import {PROGRESS} from '../fake-scan.ts';

const SETTINGS = {verbosity: 1, debugging: 0, packetTrace: false};

const presses = test.macro({
	title: (_, key: string) => `what follows from ${key}`,
	exec(t, key: string, effect: KeyEffect) {
		t.deepEqual(pressKey(key, SETTINGS, {...PROGRESS, rateNow: 1000}), effect);
	},
});

test(presses, 'v', {settings: {verbosity: 2}, text: 'Verbosity: 2'});
test(presses, 'V', {settings: {verbosity: 0}, text: 'Verbosity: 0'});
test(presses, 'd', {settings: {debugging: 1}, text: 'Debugging: 1'});
test(presses, 'D', {settings: {debugging: 0}, text: 'Debugging: 0'});
test(presses, 'p', {settings: {packetTrace: true}, text: 'Packet trace: on'});
test(presses, 'P', {settings: {packetTrace: false}, text: 'Packet trace: off'});
test(presses, '+', {rate: 1250, text: 'Rate: 1250 packets/s'});
test(presses, '-', {rate: 800, text: 'Rate: 800 packets/s'});
test(presses, '\r', {});
test(presses, 'x', {});

test('levels stay between 0 and 10', t => {
	t.deepEqual(pressKey('v', {...SETTINGS, verbosity: 10}, PROGRESS).settings, {verbosity: 10});
	t.deepEqual(pressKey('V', {...SETTINGS, verbosity: 0}, PROGRESS).settings, {verbosity: 0});
});

test('a scan that stands still can be made faster', t => {
	t.is(pressKey('+', SETTINGS, {...PROGRESS, rateNow: 0}).rate, 1);
});

test('? shows every key', t => {
	const text = pressKey('?', SETTINGS, PROGRESS).text ?? '';
	for (const {name, meaning} of Object.values(KEYS)) {
		t.true(text.includes(name) && text.includes(meaning), name);
	}

	t.regex(text, /any other {2}show how far the scan is$/);
});
