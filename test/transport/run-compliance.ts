// Runs the compliance suite on a real transport in the network that it finds itself in, and prints one line of
// JSON for each case. Arguments: the transport, and a ComplianceNetwork as JSON.
import {COMPLIANCE_CASES, appliesTo} from './compliance.ts';
import type {ComplianceNetwork} from './compliance-network.ts';
import {realSubject, type RealTransport} from './real-subject.ts';

/** How a case went. */
export interface CaseResult {
	readonly title: string;
	/** Absent when it went well. */
	readonly error?: string;
}

const [transport, network] = process.argv.slice(2);
const subject = realSubject(transport as RealTransport, JSON.parse(network) as ComplianceNetwork);
for (const each of COMPLIANCE_CASES) {
	if (appliesTo(each, subject)) {
		const error = await each.run(subject).then(
			() => undefined,
			(reason: unknown) => (reason instanceof Error ? reason.stack : String(reason)),
		);
		const result: CaseResult = {title: each.title, ...(error !== undefined && {error})};
		process.stdout.write(`${JSON.stringify(result)}\n`);
	}
}
