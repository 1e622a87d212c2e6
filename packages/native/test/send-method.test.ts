import test from 'ava';
import {ipv4} from '@halfopen/model';
import type {NetworkInterface} from '@halfopen/native';
import {sendMethodFor, type SendChoice, type SendMethod} from '../src/send-method.ts';

const leaves = test.macro({
	title: (_, choice: SendChoice, type: string, local: boolean, method: SendMethod | undefined) =>
		`${choice} to ${local ? 'ourselves' : 'others'} through ${type} is ${method ?? 'refused'}`,
	exec(
		t,
		choice: SendChoice,
		type: NetworkInterface['type'],
		local: boolean,
		method: SendMethod | undefined,
	) {
		const through = {name: 'any0', index: 1, type, up: true, hasCarrier: true, mtu: 1500, addresses: []};
		const found = {route: {index: 1, source: ipv4(1), local}, through};
		t.is(sendMethodFor(found, choice), method);
	},
});

test(leaves, 'auto', 'ethernet', false, 'packet');
test(leaves, 'auto', 'loopback', true, 'ip');
test(leaves, 'auto', 'loopback', false, 'ip');
test(leaves, 'auto', 'point-to-point', false, 'ip');
test(leaves, 'auto', 'other', false, 'ip');
test(leaves, 'ip', 'ethernet', false, 'ip-to-neighbour');
test(leaves, 'ip', 'loopback', true, 'ip');
test(leaves, 'ip', 'point-to-point', false, 'ip');
test(leaves, 'packet', 'ethernet', false, 'packet');
test(leaves, 'packet', 'loopback', true, 'ip');
test(leaves, 'packet', 'point-to-point', false, undefined);
test(leaves, 'packet', 'other', false, undefined);
