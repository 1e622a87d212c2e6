import test from 'ava';
import {micros, type Micros, type Transport} from '@halfopen/model';
import {openSimulatedTransport, type SimulatedNetwork, type SimulatedTransport} from '@halfopen/simulator';
import {COMPLIANCE_CASES, appliesTo} from './compliance.ts';
import type {ComplianceNetwork, ComplianceSubject} from './compliance-network.ts';

const simulated = (network: SimulatedNetwork, offers: ComplianceNetwork): ComplianceSubject => ({
	network: offers,
	sends: 'packets',
	open: async options => openSimulatedTransport(network, {...options, startAt: micros(1_000_000)}),
	elapse: async (transport: Transport, duration: Micros) =>
		(transport as SimulatedTransport).advanceTo(micros(transport.clock.now() + duration)),
});

const ROUTER = {4: '203.0.113.1', 6: '2001:db8:1::1'} as const;

const SUBJECTS: readonly {name: string; family: 4 | 6; address: string; nowhere: string}[] = [
	{name: 'IPv4', family: 4, address: '198.51.100.7', nowhere: '198.51.100.8'},
	{name: 'IPv6', family: 6, address: '2001:db8::7', nowhere: '2001:db8::8'},
];

for (const {name, family, address, nowhere} of SUBJECTS) {
	const subject = simulated(
		{
			seed: 1,
			hosts: [
				{
					address,
					ports: {
						'22': 'open',
						'25-29': 'silent',
						'113': {type: family === 4 ? 3 : 1, code: 1, from: ROUTER[family]},
					},
					path: {resolvingFor: micros(2000)},
				},
				{address: nowhere, path: {unreachable: 'No route to host'}},
			],
			link: {delay: micros(10_000), jitter: micros(1000)},
		},
		{
			open: {address, port: 22},
			closed: {address, port: 2000},
			silent: {address, port: 25},
			rejected: {address, port: 113, sender: ROUTER[family]},
			unreachable: nowhere,
			local: false,
		},
	);
	for (const each of COMPLIANCE_CASES) {
		if (appliesTo(each, subject)) {
			test(`simulated ${name}: ${each.title}`, async t => {
				await t.notThrowsAsync(() => each.run(subject));
			});
		}
	}
}
