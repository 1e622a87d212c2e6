import {type Address, type AddressKey, parseAddress, ScanError} from '@halfopen/model';
import {
	type AddressBlock,
	AddressGuard,
	blockAround,
	buildTargetSet,
	parseTarget,
	type TargetSet,
	type TargetSpec,
} from '@halfopen/targets';
import type {TargetPart} from './target-specs.ts';

/** What a typed name says about an address in the report. */
export interface TypedName {
	readonly name: string;
	/** Addresses of the same name that are not scanned. */
	readonly others: readonly Address[];
}

/** The targets of a scan, resolved. */
export interface ResolvedTargets {
	readonly targets: TargetSet;
	/** Present when there are addresses that are never to be asked. */
	readonly guard?: AddressGuard;
	readonly names: ReadonlyMap<AddressKey, TypedName>;
	/** Targets that are left out, and why; one line each. */
	readonly warnings: readonly string[];
}

/**
 * Resolves target specifications. One that is malformed or whose name is unknown is left out with a warning; the
 * others are scanned all the same. Of a name the first address is scanned, or with `everyAddress` all. A wrong exclusion
 * is an error: leaving it out could send where nobody may.
 * @throws ScanError `ERR_HALFOPEN_TARGET` or `ERR_HALFOPEN_NAME` for an exclusion
 */
export const resolveTargets = async (
	specs: readonly TargetPart[],
	excluded: readonly TargetPart[],
	everyAddress = false,
): Promise<ResolvedTargets> => {
	const excludedBlocks = (await Promise.all(excluded.map(async part => resolveExclusion(part)))).flat();
	const resolved = await Promise.all(specs.map(async part => resolveSpec(part, everyAddress)));
	const names = new Map<AddressKey, TypedName>();
	for (const named of resolved.flatMap(each => each.named ?? [])) {
		if (!names.has(named.address.value)) {
			names.set(named.address.value, named);
		}
	}

	return {
		targets: buildTargetSet(
			resolved.flatMap(({blocks}) => blocks ?? []),
			excludedBlocks,
		),
		...(excludedBlocks.length > 0 && {guard: new AddressGuard(excludedBlocks)}),
		names,
		warnings: resolved.flatMap(({warning}) => warning ?? []),
	};
};

type ResolvedSpec = {
	readonly blocks?: readonly AddressBlock[];
	readonly named?: readonly (TypedName & {readonly address: Address})[];
	readonly warning?: string;
};

const resolveSpec = async (part: TargetPart, everyAddress: boolean): Promise<ResolvedSpec> => {
	if (typeof part !== 'string') {
		return {blocks: [part]};
	}

	try {
		const spec = parseTarget(part);
		if (spec.kind === 'name') {
			return await resolveName(spec, everyAddress);
		}

		refuseIpv6(spec.block, part);
		return {blocks: [spec.block]};
	} catch (error) {
		if (error instanceof ScanError) {
			return {warning: error.message};
		}

		throw error;
	}
};

const resolveName = async (
	{name, prefixLength}: TargetSpec & {kind: 'name'},
	everyAddress: boolean,
): Promise<ResolvedSpec> => {
	const found = await addressesOf(name);
	const scanned = everyAddress ? found : found.slice(0, 1);
	const others = found.slice(scanned.length);
	return {
		blocks: scanned.map(address => blockAround(address, prefixLength)),
		named: scanned.map(address => ({address, name, others})),
		...(others.length > 0 && {
			warning: `\`${name}\` has ${found.length} addresses; only the first is scanned`,
		}),
	};
};

const resolveExclusion = async (part: TargetPart): Promise<AddressBlock[]> => {
	if (typeof part !== 'string') {
		return [part];
	}

	const spec = parseTarget(part);
	if (spec.kind === 'block') {
		return [spec.block];
	}

	const addresses = await addressesOf(spec.name);
	return addresses.map(address => blockAround(address, spec.prefixLength));
};

/** The IPv4 addresses of a name; at least one. */
const addressesOf = async (name: string): Promise<Address[]> => {
	const {lookup} = await import('node:dns/promises'); // Most scans name no names, and loading it takes its time
	try {
		const found = await lookup(name, {all: true, family: 4});
		const addresses = found.flatMap(({address}) => parseAddress(address) ?? []);
		if (addresses.length > 0) {
			return addresses;
		}
	} catch (error) {
		throw new ScanError('ERR_HALFOPEN_NAME', `Failed to resolve \`${name}\``, {cause: error});
	}

	throw new ScanError('ERR_HALFOPEN_NAME', `Failed to resolve \`${name}\` to an IPv4 address`);
};

const refuseIpv6 = (block: AddressBlock, text: string): void => {
	if (block.family === 6) {
		throw new ScanError('ERR_HALFOPEN_TARGET', `\`${text}\` is IPv6, which this version does not scan`);
	}
};
