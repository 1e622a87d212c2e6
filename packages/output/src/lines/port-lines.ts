import type {Address, HostReport, PortResult} from '@halfopen/model';
import type {HidingRules} from '../host/hidden-states.ts';
import {readPorts} from '../host/read-ports.ts';
import type {FoundPort, ReportFormat} from '../report-format.ts';

/** What lines of ports say besides the result: the same for all ports of a host. */
export interface LineSubject {
	readonly address: Address;
	/** Milliseconds since the epoch: when the port was found, or when its host was done. */
	readonly at: number;
	/** What is known of the host, unless the port was found alone. */
	readonly host?: HostReport;
}

/**
 * What formats with a line for each port say between beginning and end: open ports, and with -v all others that have
 * a state. `linesOf` makes what writes the lines of a host.
 */
export const portLines = (
	{verbosity, onlyOpen}: HidingRules,
	linesOf: (subject: LineSubject) => (result: PortResult) => string,
): Required<Pick<ReportFormat, 'port' | 'host'>> => {
	const isListed =
		verbosity > 0 && !onlyOpen
			? ({state}: PortResult): boolean => state !== 'unknown'
			: ({state}: PortResult): boolean => state === 'open';
	return {
		port: ({address, result, foundAt, isAlone}: FoundPort) =>
			isAlone && isListed(result) ? linesOf({address, at: foundAt})(result) : '',
		host: report => {
			const line = linesOf({address: report.address, at: report.endedAt, host: report});
			let text = '';
			for (const result of readPorts(report.ports)) {
				if (isListed(result)) {
					text += line(result);
				}
			}

			return text;
		},
	};
};
