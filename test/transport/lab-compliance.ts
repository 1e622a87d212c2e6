import {fileURLToPath} from 'node:url';
import {firewall, listen, type Lab} from '../lab/index.ts';
import type {LabTest} from '../lab/use-lab.ts';
import {COMPLIANCE_CASES, appliesTo} from './compliance.ts';
import type {ComplianceNetwork} from './compliance-network.ts';
import {realSubject, type RealTransport} from './real-subject.ts';
import type {CaseResult} from './run-compliance.ts';

const CLOSED_PORTS = 2000;

/** Networks as seen from the lab's scanner, by what is special about them. */
const LAB_NETWORKS = {
	'on the link': {
		open: {address: '10.77.3.2', port: 22},
		closed: {address: '10.77.3.2', port: CLOSED_PORTS},
		silent: {address: '10.77.3.2', port: 25},
		rejected: {address: '10.77.3.2', port: 113, sender: '10.77.3.2'},
		unreachable: '203.0.113.1', // No route
		local: false,
	},
	'behind a router': {
		open: {address: '10.77.2.2', port: 22},
		closed: {address: '10.77.2.2', port: CLOSED_PORTS},
		silent: {address: '10.77.2.2', port: 25},
		rejected: {address: '10.77.2.2', port: 113, sender: '10.77.1.254'},
		local: false,
	},
	'behind a router, IPv6': {
		open: {address: 'fd77:2::2', port: 22},
		closed: {address: 'fd77:2::2', port: CLOSED_PORTS},
		local: false,
	},
	'on the link, IPv6': {
		open: {address: 'fd77:3::2', port: 22},
		closed: {address: 'fd77:3::2', port: CLOSED_PORTS},
		local: false,
	},
	'through a tunnel': {
		open: {address: '10.77.4.2', port: 22},
		closed: {address: '10.77.4.2', port: CLOSED_PORTS},
		local: false,
	},
	'our own address': {
		open: {address: '10.77.3.1', port: 22},
		closed: {address: '10.77.3.1', port: CLOSED_PORTS},
		local: true,
	},
} satisfies Record<string, ComplianceNetwork>;

export type LabNetwork = keyof typeof LAB_NETWORKS;

/** Makes the ports of the networks above. */
export const prepareLab = async (lab: Lab): Promise<void> => {
	for (const namespace of [lab.scanner, lab.direct, lab.far, lab.tunnelled]) {
		await listen(namespace, [22]);
	}

	for (const namespace of [lab.direct, lab.router]) {
		firewall(namespace, [
			{ports: '25-29', verdict: 'drop'},
			{ports: '113', verdict: {reject: 'admin-prohibited'}},
		]);
	}
};

/** Declares a test for each case of the suite, run on a transport inside the lab. */
export const labCompliance = (labTest: LabTest, transport: RealTransport, where: LabNetwork): void => {
	const subject = realSubject(transport, LAB_NETWORKS[where]);
	let results: Promise<Map<string, CaseResult>> | undefined;
	for (const each of COMPLIANCE_CASES.filter(one => appliesTo(one, subject))) {
		labTest(`${transport}, ${where}: ${each.title}`, async (t, lab) => {
			results ??= runInLab(lab, transport, LAB_NETWORKS[where]);
			const result = (await results).get(each.title);
			t.truthy(result, 'the case was not run');
			t.is(result?.error, undefined);
		});
	}
};

const PROGRAM = fileURLToPath(new URL('run-compliance.ts', import.meta.url));

const runInLab = async (
	lab: Lab,
	transport: RealTransport,
	network: ComplianceNetwork,
): Promise<Map<string, CaseResult>> => {
	const args = ['--conditions=@halfopen/source', PROGRAM, transport, JSON.stringify(network)];
	const {status, stdout, stderr} = await lab.scanner.run(process.execPath, args);
	if (status !== 0) {
		throw new Error(`The suite ended with status ${status}\n${stdout}\n${stderr}`);
	}

	const results = stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as CaseResult);
	return new Map(results.map(result => [result.title, result]));
};
