import test from 'ava';
import {parseFeature, parseQuota, parseRings, parseStatus, parseTracking} from '../src/parse-facts.ts';

test('capabilities and open files of a process', t => {
	const status = 'Name:\tnode\nCapPrm:\t0000000000000000\nCapEff:\t0000000000003000\n';
	const limits =
		'Limit                     Soft Limit           Hard Limit           Units\nMax open files            1024                 524288               files\n';
	t.deepEqual(parseStatus(status, limits), {capabilities: 0x30_00n, openFiles: 1024});
	t.deepEqual(parseStatus('', ''), {});
});

test('rings, as far as the driver tells', t => {
	const text = `Ring parameters for eth0:
Pre-set maximums:
RX:		4096
RX Mini:	n/a
TX:		4096
Current hardware settings:
RX:		512
RX Mini:	n/a
TX:		256
`;
	t.deepEqual(parseRings(text), {receive: 512, receiveMost: 4096, send: 256, sendMost: 4096});
	t.deepEqual(parseRings(text.replaceAll(/^RX:.*$/gm, 'RX:\t\tn/a')), {send: 256, sendMost: 4096});
	t.deepEqual(parseRings(''), {});
});

test('features', t => {
	const text = 'Features for eth0:\nlarge-receive-offload: off [fixed]\ngeneric-receive-offload: on\n';
	t.is(parseFeature(text, 'large-receive-offload'), false);
	t.is(parseFeature(text, 'generic-receive-offload'), true);
	t.is(parseFeature(text, 'ntuple-filters'), undefined);
});

test('the processors that a control group grants', t => {
	t.is(parseQuota('150000 100000'), 1.5);
	t.is(parseQuota('max 100000'), undefined);
	t.is(parseQuota(''), undefined);
});

const CT_STATE = [{match: {op: 'in', left: {ct: {key: 'state'}}, right: 'established'}}, {accept: null}];
const NOTRACK = [
	{match: {op: '==', left: {payload: {protocol: 'tcp', field: 'sport'}}, right: 53}},
	{notrack: null},
];
const COUNTED = [{counter: {packets: 0, bytes: 0}}, {drop: null}];
const ruleset = (
	...rules: readonly {readonly family: string; readonly table?: string; readonly expr: unknown}[]
): string =>
	JSON.stringify({
		nftables: [
			{metainfo: {version: '1.0.6'}},
			{table: {family: 'inet', name: 'ct'}},
			...rules.map(rule => ({rule})),
		],
	});

test('rules that need connections to be followed, for the version of IP', t => {
	t.is(parseTracking(ruleset(), 4), false);
	t.is(parseTracking(ruleset({family: 'inet', expr: COUNTED}), 4), false);
	t.is(parseTracking(ruleset({family: 'inet', expr: CT_STATE}), 4), true);
	t.is(parseTracking(ruleset({family: 'ip', expr: [{masquerade: null}]}), 4), true);
	t.is(parseTracking(ruleset({family: 'ip6', expr: CT_STATE}), 4), false);
	t.is(parseTracking(ruleset({family: 'ip6', expr: CT_STATE}), 6), true);
	t.is(
		parseTracking(ruleset({family: 'inet', expr: CT_STATE}, {family: 'inet', expr: NOTRACK}), 4),
		undefined,
	);
	t.is(parseTracking(ruleset({family: 'ip', expr: [{xt: null}]}), 4), undefined);
	const cured = ruleset({family: 'inet', expr: CT_STATE}, {family: 'inet', table: 'halfopen', expr: NOTRACK});
	t.is(parseTracking(cured, 4), false);
});
