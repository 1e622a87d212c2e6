import type {LinkNetwork} from '@halfopen/engine';
import {type Address, ipv6, isLinkLocal, ScanError} from '@halfopen/model';
import type {NetworkInterface} from '@halfopen/native';

/** An interface, and the networks of IPv6 that it has an address of ours in. */
export interface Link {
	readonly device: string;
	/** Each once, however many of our addresses are in it; a link-local one among them. */
	readonly networks: readonly LinkNetwork[];
}

/**
 * The links on which all nodes can be asked: that of the interface named, or those of all that are up, have link-layer
 * addresses and a link-local one.
 * @throws ScanError `ERR_HALFOPEN_INTERFACE` when the interface that is named is not such a one
 */
export const linksOf = (interfaces: readonly NetworkInterface[], device?: string): readonly Link[] => {
	const usable = interfaces.filter(each => problemOf(each) === undefined);
	if (device === undefined) {
		return usable.map(linkOf);
	}

	const named = interfaces.find(({name}) => name === device);
	const problem = named === undefined ? 'there is no such interface' : problemOf(named);
	if (named === undefined || problem !== undefined) {
		const names = usable.map(({name}) => name).join(', ');
		throw new ScanError(
			'ERR_HALFOPEN_INTERFACE',
			`Expected an interface to ask all nodes on (${names}), got \`${device}\`: ${problem}`,
			{option: 'device'},
		);
	}

	return [linkOf(named)];
};

const problemOf = ({up, type, addresses}: NetworkInterface): string | undefined => {
	if (!up) {
		return 'it is down';
	}

	if (type !== 'ethernet') {
		return 'it has no link-layer addresses';
	}

	return addresses.some(({address}) => isLinkLocal(address)) ? undefined : 'it has no link-local address';
};

const linkOf = ({name, addresses}: NetworkInterface): Link => {
	const networks = new Map<bigint, LinkNetwork>();
	for (const {address, prefixLength} of addresses) {
		if (address.family === 6 && prefixLength < 128) {
			const network = address.value >> BigInt(128 - prefixLength);
			networks.set(network, networks.get(network) ?? {address: onLink(address, name), prefixLength});
		}
	}

	return {device: name, networks: [...networks.values()]};
};

const onLink = ({value}: Address & {family: 6}, name: string): LinkNetwork['address'] => {
	const address = ipv6(value, isLinkLocal(ipv6(value)) ? name : undefined);
	return address as LinkNetwork['address'];
};
