import {formatAddress, type Address, type HostReport, type PortTable} from '@halfopen/model';
import {figuresOf} from '../host/host-figures.ts';
import {splitPorts, type HiddenState, type HidingRules} from '../host/hidden-states.ts';
import {textPerPortResult} from '../host/per-port-result.ts';
import {macVendor, type NamedVendors} from '../host/mac-vendor.ts';
import {type NamedServices, serviceCells} from '../host/service-cells.ts';
import type {FoundHost, FoundPort} from '../report-format.ts';
import {joined} from '../text/joined.ts';
import {attributes, xmlText} from './xml-text.ts';

/** The elements of hosts, in Nmap's order of elements and attributes. */
export interface XmlHosts {
	/** A host that is up, before its ports are scanned. */
	hint(found: FoundHost): string;
	host(report: HostReport): string;
	/** A host of which nothing but one port is told. */
	foundPort(found: FoundPort): string;
}

export const xmlHosts = (options: HidingRules & NamedServices & NamedVendors): XmlHosts => {
	const serviceOn = serviceCells(
		options,
		name => `<service name="${xmlText(name)}" method="table" conf="3"/>`,
	);

	const port = textPerPortResult(({port: number, state, reason, ttl, sender}) => {
		const from = sender === undefined ? '' : ` reason_ip="${xmlText(formatAddress(sender))}"`;
		return `<port protocol="tcp" portid="${number}"><state state="${state}" reason="${reason}" reason_ttl="${ttl}"${from}/>${serviceOn(number)}</port>\n`;
	});

	const ports = (table: PortTable): string => {
		if (table.length === 0) {
			return '';
		}

		const {listed, hidden} = splitPorts(table, options);
		return `<ports>${hidden.map(extraPorts).join('')}${joined(listed, port, '')}</ports>\n`;
	};

	const addresses = ({address, mac}: Pick<HostReport, 'address' | 'mac'>): string =>
		mac === undefined
			? addressElement(address)
			: `${addressElement(address)}${macElement(mac, macVendor(options, mac))}`;

	/** One that is down or was not asked has names only when it has some. */
	const otherHost = (report: HostReport): string => {
		const names = report.name === undefined && report.reverseName === undefined ? '' : hostNames(report);
		return `<host>${status(report.status, report)}${addresses(report)}${names}</host>\n`;
	};

	/** The times are those of a port scan. */
	const upHost = (report: HostReport): string => {
		const times = attributes({
			starttime: inSeconds(report.startedAt),
			endtime: inSeconds(report.endedAt),
			timedout: report.isIncomplete ? 'true' : undefined,
		});
		return `<host${report.ports.length === 0 ? '' : times}>${status('up', report)}${addresses(report)}${hostNames(report)}${ports(report.ports)}${timesElement(report)}${coverage(report)}</host>\n`;
	};

	return {
		hint: found =>
			`<hosthint>${status('up', found)}${addresses(found)}<hostnames>\n</hostnames>\n</hosthint>\n`,
		host: report => (report.status === 'up' ? upHost(report) : otherHost(report)),
		foundPort: ({address, result, foundAt}) =>
			`<host endtime="${inSeconds(foundAt)}"><status state="up" reason="${result.reason}" reason_ttl="${result.ttl}"/>
${addressElement(address)}<hostnames>
</hostnames>
<ports>${port(result)}</ports>
</host>
`,
	};
};

/** Seconds since the epoch, as Nmap's times are. */
export const inSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

const status = (state: HostReport['status'], {reason, ttl}: Pick<HostReport, 'reason' | 'ttl'>): string =>
	`<status state="${state}" reason="${reason}" reason_ttl="${ttl}"/>\n`;

const macElement = (mac: string, vendor: string | undefined): string =>
	`<address addr="${mac.toUpperCase()}" addrtype="mac"${vendor === undefined ? '' : ` vendor="${xmlText(vendor)}"`}/>\n`;

const addressElement = (address: Address): string =>
	`<address addr="${xmlText(formatAddress(address))}" addrtype="ipv${address.family}"/>\n`;

const hostNames = ({name, reverseName}: HostReport): string =>
	`<hostnames>\n${hostName(name, 'user')}${hostName(reverseName, 'PTR')}</hostnames>\n`;

const hostName = (name: string | undefined, type: 'user' | 'PTR'): string =>
	name === undefined ? '' : `<hostname name="${xmlText(name)}" type="${type}"/>\n`;

const extraPorts = ({state, total, reasons}: HiddenState): string =>
	`<extraports state="${state}" count="${total}">\n${reasons
		.map(
			({reason, count, ports}) =>
				`<extrareasons reason="${reason}" count="${count}" proto="tcp" ports="${ports}"/>\n`,
		)
		.join('')}</extraports>\n`;

const timesElement = ({times}: HostReport): string =>
	times === undefined
		? ''
		: `<times srtt="${Math.round(times.smoothed)}" rttvar="${Math.round(times.variance)}" to="${Math.round(times.timeout)}"/>\n`;

/** What Nmap's XML has no place for: a processing instruction, which every reader of that may pass over. */
const coverage = (report: HostReport): string => {
	const {probesPerPort, loss, expectedMissed} = figuresOf(report);
	return processingInstruction({
		probes: report.probesSent,
		'probes-per-port': probesPerPort,
		loss,
		'expected-missed': expectedMissed,
		incomplete: report.isIncomplete ? 'true' : undefined,
	});
};

/** `<?halfopen name="value" …?>`. */
export const processingInstruction = (values: Parameters<typeof attributes>[0]): string =>
	`<?halfopen${attributes(values)}?>\n`;
