import {isIpv4Mapped, isLinkLocal, type Address, type Path} from '@halfopen/model';
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
		const problem = problemOf(target, sources);
		this.id = id;
		this.status = problem === undefined ? 'ready' : 'unreachable';
		this.device = sources.device;
		this.source = sources.of(target) ?? UNSPECIFIED[target.family];
		this.local = isLoopback(target);
		this.zone = zoneOf(target, sources);
		if (problem !== undefined) {
			this.problem = problem;
		}
	}
}

const problemOf = (target: Address, sources: SourceAddresses): string | undefined => {
	if (sources.device !== '' && sources.of(target) === undefined) {
		const kind = isLinkLocal(target) ? 'link-local IPv6' : `IPv${target.family}`;
		return `${sources.device} has no ${kind} address`;
	}

	if (isIpv4Mapped(target)) {
		return 'An IPv4 address in the form of IPv6 is scanned as IPv4'; // Or exclusions would not know it
	}

	// Without a zone libuv takes the first link that it finds.
	return isLinkLocal(target) && target.zone === undefined && sources.device === ''
		? 'A link-local address needs a zone, as in `fe80::1%eth0`'
		: undefined;
};

const zoneOf = (target: Address, {device}: SourceAddresses): string | undefined => {
	if (target.family === 4) {
		return undefined;
	}

	return target.zone ?? (isLinkLocal(target) && device !== '' ? device : undefined);
};

/** RFC 1122 §3.2.1.3, RFC 4291 §2.5.3. */
const isLoopback = (address: Address): boolean =>
	address.family === 4 ? address.value >>> 24 === 127 : address.value === 1n;
