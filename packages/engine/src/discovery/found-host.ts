import type {Address, Micros, Path, Reason} from '@halfopen/model';

/** A host that is up, as far as is known. */
export interface FoundHost {
	readonly address: Address;
	/** Ready; whoever has it gives it back. */
	readonly path: Path;
	readonly reason: Reason;
	/** Of the packet that it was found by; 0 when there was none. */
	readonly ttl: number;
	readonly mac?: string;
	/** How long its answer took, if it was asked. */
	readonly rtt?: Micros;
	/** Its own answer says so, and not that nobody asked. */
	readonly wasAsked: boolean;
	/** Probes that it took to find it. */
	readonly probesSent: number;
}
