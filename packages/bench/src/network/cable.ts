import {type Address, ipv4} from '@halfopen/model';
import {NetworkNamespace} from './network-namespace.ts';

/** Hosts that all answer: closed ports with RST, open ones with SYN/ACK. One kernel stands in for them. */
export const ANSWERING_HOSTS = '10.99.0.0/16';

/** Hosts whose packets are dropped as soon as they arrive. */
export const SILENT_HOSTS = '10.98.0.0/16';

/** One of each: all hosts of a kind share a path. */
export const ANSWERING_HOST: Address = ipv4(0x0a_63_00_01);
export const SILENT_HOST: Address = ipv4(0x0a_62_00_01);

/** Two namespaces with a pair of virtual Ethernet interfaces between them; nothing leads out. */
export interface Cable {
	/** Where scans run. */
	readonly near: NetworkNamespace;
	/** Where the hosts are. */
	readonly far: NetworkNamespace;
	close(): Promise<void>;
}

/** @throws ScanError when namespaces or interfaces cannot be made */
export const layCable = async (): Promise<Cable> => {
	const near = await NetworkNamespace.create();
	const far = await NetworkNamespace.create();
	const close = async (): Promise<void> => {
		await Promise.all([near.close(), far.close()]);
	};
	try {
		await connect(near, far);
		return {near, far, close};
	} catch (error) {
		await close();
		throw error;
	}
};

/** No interface has it: the kernel at the other end drops what is addressed to it, before anything else. */
const NOBODY = '02:00:00:00:00:01';

const connect = async (near: NetworkNamespace, far: NetworkNamespace): Promise<void> => {
	for (const namespace of [near, far]) {
		await namespace.sysctl({
			'net.ipv6.conf.all.disable_ipv6': 1,
			'net.ipv6.conf.default.disable_ipv6': 1,
		});
	}

	await near.ip(`
		link set lo up
		link add cable type veth peer name cable netns ${far.pid}
		address add 10.77.0.1/24 dev cable
		link set cable up
		neighbour add 10.77.0.3 lladdr ${NOBODY} dev cable nud permanent
	`);
	await far.ip(`
		link set lo up
		address add 10.77.0.2/24 dev cable
		link set cable up
		route add local ${ANSWERING_HOSTS} dev lo
		route add default via 10.77.0.1
	`);
	await near.ip(`
		route add ${ANSWERING_HOSTS} via 10.77.0.2
		route add ${SILENT_HOSTS} via 10.77.0.3
	`);
};
