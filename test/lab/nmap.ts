import type {Namespace} from './namespace.ts';

/** What a scanner reports of one port. */
export interface PortFinding {
	readonly state: string;
	readonly reason: string;
	/** TTL of the packet that decided; 0 when none did. */
	readonly ttl: number;
	/** Who sent that packet, when it was not the target. */
	readonly sender?: string;
}

/** Findings by `address:port`. */
export type Findings = ReadonlyMap<string, PortFinding>;

/** What a scanner reports of one host. */
export interface HostFinding {
	readonly status: string;
	readonly reason: string;
	/** TTL of the packet that decided; 0 when none did. */
	readonly ttl: number;
	/** In lower case. */
	readonly mac?: string;
}

/** In words, as in `up arp-response mac 02:00:5e:10:00:01`. */
export const formatHost = (found: HostFinding | undefined): string => {
	if (found === undefined) {
		return 'nothing';
	}

	const {status, reason, ttl, mac} = found;
	return [status, reason, ttl > 0 && `ttl ${ttl}`, mac !== undefined && `mac ${mac}`]
		.filter(Boolean)
		.join(' ');
};

/** Hosts by address. */
export type HostFindings = ReadonlyMap<string, HostFinding>;

/** Scans with Debian's nmap from inside a namespace. */
export const nmapScan = async (namespace: Namespace, args: readonly string[]): Promise<Findings> => {
	const {status, stdout, stderr} = await namespace.run('nmap', ['-n', '-oX', '-', ...args]);
	if (status !== 0) {
		throw new Error(`nmap ended with status ${status}: ${stderr}`);
	}

	return parseNmapXml(stdout);
};

/** The ports of nmap's XML report, those that it sums up as `extraports` included. */
export const parseNmapXml = (xml: string): Findings => {
	const findings = new Map<string, PortFinding>();
	for (const [host] of xml.matchAll(/<host [^]*?<\/host>/g)) {
		const address = attribute(host.match(/<address [^>]*addrtype="ipv[46]"[^>]*>/)?.[0] ?? '', 'addr');
		for (const [, summary, reasons] of host.matchAll(/<extraports ([^>]*)>([^]*?)<\/extraports>/g)) {
			for (const [reason] of reasons.matchAll(/<extrareasons [^>]*>/g)) {
				const finding = {state: attribute(summary, 'state'), reason: attribute(reason, 'reason'), ttl: 0};
				for (const port of expandPorts(attribute(reason, 'ports'))) {
					findings.set(`${address}:${port}`, finding);
				}
			}
		}

		for (const [port] of host.matchAll(/<port [^]*?<\/port>/g)) {
			const sender = attribute(port, 'reason_ip');
			findings.set(`${address}:${attribute(port, 'portid')}`, {
				state: attribute(port, 'state'),
				reason: attribute(port, 'reason'),
				ttl: Number(attribute(port, 'reason_ttl')),
				...(sender !== '' && {sender}),
			});
		}
	}

	return findings;
};

/** The hosts of a report in Nmap's XML. */
export const parseHostsXml = (xml: string): HostFindings => {
	const hosts = new Map<string, HostFinding>();
	for (const [host] of xml.matchAll(/<host[ >][^]*?<\/host>/g)) {
		const [status] = host.match(/<status [^>]*>/) ?? [''];
		const mac = attribute(host.match(/<address [^>]*addrtype="mac"[^>]*>/)?.[0] ?? '', 'addr');
		hosts.set(attribute(host.match(/<address [^>]*addrtype="ipv[46]"[^>]*>/)?.[0] ?? '', 'addr'), {
			status: attribute(status, 'state'),
			reason: attribute(status, 'reason'),
			ttl: Number(attribute(status, 'reason_ttl')),
			...(mac !== '' && {mac: mac.toLowerCase()}),
		});
	}

	return hosts;
};

const attribute = (xml: string, name: string): string => xml.match(`\\b${name}="([^"]*)"`)?.[1] ?? '';

const expandPorts = (list: string): number[] =>
	list.split(',').flatMap(range => {
		const [first, last = first] = range.split('-').map(Number);
		return Array.from({length: last - first + 1}, (_, index) => first + index);
	});
