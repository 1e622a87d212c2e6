import type {Micros, Transport} from '@halfopen/model';

/** A port of an address, as text. */
export interface Endpoint {
	readonly address: string;
	readonly port: number;
}

/** What the compliance suite finds in a network. Plain data: it is handed to programs inside the lab. */
export interface ComplianceNetwork {
	readonly open: Endpoint;
	/** The ports of the address from this one on, a thousand of them, are closed. */
	readonly closed: Endpoint;
	/** The ports of the address from this one on, five of them, are silent. */
	readonly silent?: Endpoint;
	/** A port that is rejected by an ICMP error, and who sends it. */
	readonly rejected?: Endpoint & {readonly sender: string};
	/** An address to which there is no way. */
	readonly unreachable?: string;
	/** Whether `open` is one of our own addresses. */
	readonly local: boolean;
}

/** A transport to be examined, and where. */
export interface ComplianceSubject {
	readonly network: ComplianceNetwork;
	/** What it sends: packets of its own, or whatever connect() makes the kernel send. */
	readonly sends: 'packets' | 'connections';
	open(options: ComplianceOptions): Promise<Transport>;
	/** Lets time pass on the transport's clock, whatever comes meanwhile. */
	elapse(transport: Transport, duration: Micros): Promise<void>;
}

export interface ComplianceOptions {
	readonly tries: number;
	readonly probeCapacity?: number;
	readonly replyCapacity?: number;
	/** Probes that may be on their way together, for transports that hold something for each. */
	readonly concurrency?: number;
}
