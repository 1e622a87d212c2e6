// Sends probes of any kind and prints what came of them as a ProbesResult in JSON. Argument: a ProbesRequest in JSON.
import {
	PROBE_KIND,
	addressOf,
	formatAddress,
	micros,
	parseAddress,
	type Path,
	type TransportCounters,
} from '@halfopen/model';
import {openNativeTransport, type NativeTransportOptions} from '@halfopen/native';

export interface ProbesRequest {
	readonly send?: NativeTransportOptions['send'];
	readonly device?: string;
	readonly probes: readonly ProbeRequest[];
	/** Replies after which no more is waited for. */
	readonly replies: number;
	/** Milliseconds to wait for them, at the most. */
	readonly patience?: number;
}

export interface ProbeRequest {
	readonly target: string;
	readonly kind: keyof typeof PROBE_KIND;
	readonly port?: number;
	/** Along the path to all on the link of the target. */
	readonly toLink?: boolean;
	/** Along the path of a range around the target. */
	readonly covering?: boolean;
	/** Link-layer address of the target, known beforehand. */
	readonly mac?: string;
}

export interface ProbesResult {
	/** One of each probe. */
	readonly paths: readonly (
		| (Pick<Path, 'id' | 'status' | 'device' | 'problem' | 'mac'> & {readonly source: string})
		| null
	)[];
	/** One of each probe; 0 for those that were sent. */
	readonly errors: readonly number[];
	readonly replies: readonly ProbeReply[];
	readonly packets: readonly {readonly direction: string; readonly layer: string; readonly bytes: string}[];
	readonly counters: TransportCounters;
}

export interface ProbeReply {
	readonly kind: number;
	readonly target: string;
	readonly sender: string;
	readonly port: number;
	readonly attempt: number;
	readonly ttl: number;
	readonly icmp: string;
	readonly mac?: string;
}

const DEFAULT_PATIENCE = 10_000;
const ATTEMPT = 1;

const {
	probes,
	replies: wanted,
	patience = DEFAULT_PATIENCE,
	send = 'auto',
	device,
} = JSON.parse(process.argv[2]) as ProbesRequest;
const transport = openNativeTransport({
	tries: 4,
	discovery: probes.map(({kind}) => PROBE_KIND[kind]),
	trace: true,
	send,
	...(device !== undefined && {device}),
});
const deadline = micros(transport.clock.now() + patience * 1000);
const paths = probes.map(({target, toLink, covering, mac}) => {
	const address = parseAddress(target)!;
	if (covering === true) {
		return transport.pathCovering?.(address.value)?.path;
	}

	return toLink === true ? transport.linkTo?.(address) : transport.pathTo(address, mac);
});
while (paths.some(path => path?.status === 'resolving')) {
	await transport.wait(deadline);
}

for (const [tag, {target, kind, port = 0}] of probes.entries()) {
	const path = paths[tag];
	if (path?.status === 'ready') {
		transport.probes.write(parseAddress(target)!.value, port, ATTEMPT, path.id, tag, PROBE_KIND[kind]);
	}
}

const errors: number[] = [];
const replies: ProbeReply[] = [];
while ((replies.length < wanted || transport.probes.pending > 0) && transport.clock.now() < deadline) {
	await transport.wait(deadline);
	transport.probes.takeSent((tag, _at, error) => {
		errors[tag] = error;
	});
	while (transport.replies.next()) {
		const {kind, target, sender, port, attempt, ttl, icmpType, icmpCode, mac} = transport.replies;
		replies.push({
			kind,
			target: formatAddress(addressOf(target)),
			sender: formatAddress(addressOf(sender)),
			port,
			attempt,
			ttl,
			icmp: `${icmpType}/${icmpCode}`,
			...(mac !== undefined && {mac}),
		});
	}
}

const packets = transport.takePackets().map(({direction, layer = 'ip', bytes}) => ({
	direction,
	layer,
	bytes: Buffer.from(bytes).toString('hex'),
}));
await transport.close();
const result: ProbesResult = {
	paths: paths.map(path =>
		path === undefined
			? null
			: {
					id: path.id,
					status: path.status,
					device: path.device,
					source: formatAddress(path.source),
					...(path.problem !== undefined && {problem: path.problem}),
					...(path.mac !== undefined && {mac: path.mac}),
				},
	),
	errors,
	replies,
	packets,
	counters: transport.counters(),
};
process.stdout.write(JSON.stringify(result));
