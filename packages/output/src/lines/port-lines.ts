import type {Address, HostReport, PortResult} from '@halfopen/model';
import type {HidingRules} from '../host/hidden-states.ts';
import type {FoundPort, ReportFormat} from '../report-format.ts';

/** A port, for formats that have a line for each. */
export interface PortLine {
	readonly address: Address;
	readonly result: PortResult;
	/** Milliseconds since the epoch: when it was found, or when its host was done. */
	readonly at: number;
	/** What is known of its host, unless the port was found alone. */
	readonly host?: HostReport;
}

/**
 * What formats with a line for each port say between beginning and end: open ports, and with -v all others that have
 * a state.
 */
export const portLines = (
	{verbosity, onlyOpen}: HidingRules,
	format: (line: PortLine) => string,
): Required<Pick<ReportFormat, 'port' | 'host'>> => {
	const isListed =
		verbosity > 0 && !onlyOpen
			? ({state}: PortResult): boolean => state !== 'unknown'
			: ({state}: PortResult): boolean => state === 'open';
	return {
		port: ({address, result, foundAt, isAlone}: FoundPort) =>
			isAlone && isListed(result) ? format({address, result, at: foundAt}) : '',
		host: report => {
			const {address, ports, endedAt: at} = report;
			let text = '';
			for (let index = 0; index < ports.length; index++) {
				const result = ports.at(index);
				if (isListed(result)) {
					text += format({address, result, at, host: report});
				}
			}

			return text;
		},
	};
};
