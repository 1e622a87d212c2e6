import {readFile} from 'node:fs/promises';
import {type Address, type AddressKey, addressOf} from '@halfopen/model';
import {listInterfaces, type NetworkInterface} from '@halfopen/native';

/** A row of the kernel's table of routes. */
export interface RouteEntry {
	readonly destination: Address;
	readonly prefixLength: number;
	readonly device: string;
	readonly metric: number;
	/** Absent for networks on the link. */
	readonly gateway?: Address;
}

/** What this machine can send from, and where to. */
export interface MachineNetwork {
	readonly interfaces: readonly NetworkInterface[];
	/** IPv4 before IPv6, the most specific first. */
	readonly routes: readonly RouteEntry[];
}

/** @throws ScanError `ERR_HALFOPEN_SYSTEM` when the kernel tells nothing of its interfaces */
export const machineNetwork = async (): Promise<MachineNetwork> => ({
	interfaces: listInterfaces(),
	routes: [
		...parseIpv4Routes(await tableOf('/proc/net/route')),
		...parseIpv6Routes(await tableOf('/proc/net/ipv6_route')),
	],
});

/** Empty where the kernel has no such table. */
const tableOf = async (path: string): Promise<string> => readFile(path, 'latin1').catch(() => '');

/** The rows of /proc/net/route: addresses are hexadecimal, in the byte order of the machine. */
export const parseIpv4Routes = (table: string): RouteEntry[] =>
	rowsOf(table)
		.slice(1)
		.filter(({length}) => length >= 8)
		.map(([device, destination, gateway, , , , metric, mask]) => ({
			destination: addressOf(littleEndian(destination)),
			prefixLength: onesOf(littleEndian(mask)),
			device,
			metric: Number(metric),
			...gatewayOf(littleEndian(gateway)),
		}))
		.sort(bySpecificity);

/** The rows of /proc/net/ipv6_route, without those that lead nowhere. */
export const parseIpv6Routes = (table: string): RouteEntry[] =>
	rowsOf(table)
		.filter(row => row.length >= 10 && (Number.parseInt(row[8], 16) & RTF_REJECT) === 0)
		.map(([destination, length, , , gateway, metric, , , , device]) => ({
			destination: addressOf(BigInt(`0x${destination}`)),
			prefixLength: Number.parseInt(length, 16),
			device,
			metric: Number.parseInt(metric, 16),
			...gatewayOf(BigInt(`0x${gateway}`)),
		}))
		.sort(bySpecificity);

/** <linux/route.h> */
const RTF_REJECT = 0x200;

const rowsOf = (table: string): string[][] =>
	table
		.trim()
		.split('\n')
		.map(line => line.trim().split(/\s+/));

const littleEndian = (hexadecimal: string): number => Buffer.from(hexadecimal, 'hex').readUInt32LE();

const onesOf = (mask: number): number => Math.clz32(~mask >>> 0);

const gatewayOf = (key: AddressKey): Pick<RouteEntry, 'gateway'> =>
	Number(key) === 0 ? {} : {gateway: addressOf(key)};

const bySpecificity = (a: RouteEntry, b: RouteEntry): number =>
	b.prefixLength - a.prefixLength || a.metric - b.metric;
