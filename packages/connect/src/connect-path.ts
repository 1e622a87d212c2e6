import type {Address, Path} from '@halfopen/model';
import {UNSPECIFIED, type SourceAddresses} from './source-address.ts';

/** The way to an address, as far as it can be known without asking the kernel. */
export class ConnectPath implements Path {
	readonly id: number;
	readonly status: Path['status'];
	readonly problem?: string;
	readonly device: string;
	readonly source: Address;
	readonly local: boolean;
	/** Which of the links a link-local target is on. */
	readonly zone: string | undefined;

	constructor(id: number, target: Address, sources: SourceAddresses) {
		this.id = id;
		this.device = sources.device;
		const source = sources.of(target.family);
		this.source = source ?? UNSPECIFIED[target.family];
		this.status = 'ready';
		if (source === undefined && sources.device !== '') {
			this.status = 'unreachable';
			this.problem = `${sources.device} has no IPv${target.family} address`;
		}

		this.local = isLoopback(target);
		this.zone = target.family === 6 ? target.zone : undefined;
	}
}

/** RFC 1122 §3.2.1.3, RFC 4291 §2.5.3. */
const isLoopback = (address: Address): boolean =>
	address.family === 4 ? address.value >>> 24 === 127 : address.value === 1n;
