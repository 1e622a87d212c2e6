import {
	type Address,
	type AddressFamily,
	type AddressKey,
	ofOption,
	parseAddress,
	readingOption,
	ScanError,
} from '@halfopen/model';
import {
	type AddressBlock,
	AddressGuard,
	blockAround,
	buildTargetSet,
	parseTarget,
	type TargetSet,
	type TargetSpec,
} from '@halfopen/targets';
import {checkZones} from './check-zones.ts';
import {checkFamily, otherFamilyWarnings} from './target-checks.ts';
import type {TargetPart} from './target-specs.ts';
import {type Walk, type WalkOptions, walkOf} from './walk-of.ts';

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

/** Which addresses specifications stand for. */
export interface Resolution extends WalkOptions {
	/** What is scanned: addresses of the other version of IP are left out, and names are looked up in this one. */
	readonly family: AddressFamily;
	/** All addresses of a name, not only the first. */
	readonly everyAddress?: boolean;
}

/**
 * Resolves target specifications. One that is malformed, of the other version of IP or whose name is unknown is left out
 * with a warning; the others are scanned all the same. A wrong exclusion is an error: leaving it out could send where
 * nobody may.
 * @throws ScanError `ERR_HALFOPEN_TARGET` or `ERR_HALFOPEN_NAME` for an exclusion; `ERR_HALFOPEN_TARGET` for an address
 * in two zones; `ERR_HALFOPEN_OPTION` for a wrong pattern
 */
export const resolveTargets = async (
	specs: readonly TargetPart[],
	excluded: readonly TargetPart[],
	resolution: Resolution,
): Promise<ResolvedTargets> => {
	const {family} = resolution;
	const walk = walkOf(resolution);
	const excludedBlocks = await resolveExclusions(excluded, family);
	const resolved = await Promise.all(specs.map(async part => resolvePart(part, resolution, walk)));
	const names = new Map<AddressKey, TypedName>();
	for (const named of resolved.flatMap(each => each.named ?? [])) {
		if (!names.has(named.address.value)) {
			names.set(named.address.value, named);
		}
	}

	const blocks = resolved.flatMap(each => each.blocks ?? []);
	const targets = readingOption('targets', () => {
		const set = buildTargetSet(
			blocks.filter(block => block.family === family),
			excludedBlocks,
		);
		if (family === 6) {
			checkZones(set);
		}

		return set;
	});

	return {
		targets,
		...(excludedBlocks.length > 0 && {guard: new AddressGuard(excludedBlocks)}),
		names,
		warnings: [...resolved.flatMap(({warning}) => warning ?? []), ...otherFamilyWarnings(blocks, family)],
	};
};

type ResolvedSpec = {
	readonly blocks?: readonly AddressBlock[];
	readonly named?: readonly (TypedName & {readonly address: Address})[];
	readonly warning?: string;
};

const resolvePart = async (part: TargetPart, resolution: Resolution, walk: Walk): Promise<ResolvedSpec> => {
	if (typeof part !== 'string') {
		return {blocks: [part]};
	}

	try {
		const spec = parseTarget(part);
		const resolved = spec.kind === 'name' ? await resolveName(spec, resolution) : {blocks: [spec.block]};
		for (const block of resolved.blocks) {
			checkFamily(block, part, resolution.family);
		}

		return {...resolved, blocks: resolved.blocks.flatMap(block => walk(block, part))};
	} catch (error) {
		if (error instanceof ScanError) {
			return {warning: error.message};
		}

		throw error;
	}
};

const resolveName = async (
	{name, prefixLength}: TargetSpec & {kind: 'name'},
	{family, everyAddress = false}: Resolution,
): Promise<ResolvedSpec & Required<Pick<ResolvedSpec, 'blocks'>>> => {
	const found = await addressesOf(name, family);
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

const resolveExclusions = async (
	excluded: readonly TargetPart[],
	family: AddressFamily,
): Promise<AddressBlock[]> => {
	try {
		return (await Promise.all(excluded.map(async part => resolveExclusion(part, family)))).flat();
	} catch (error) {
		throw ofOption('exclude', error);
	}
};

const resolveExclusion = async (part: TargetPart, family: AddressFamily): Promise<AddressBlock[]> => {
	if (typeof part !== 'string') {
		return [part];
	}

	const spec = parseTarget(part);
	if (spec.kind === 'block') {
		return [spec.block];
	}

	const addresses = await addressesOf(spec.name, family);
	return addresses.map(address => blockAround(address, spec.prefixLength));
};

/** The addresses of a name in one version of IP; at least one. */
const addressesOf = async (name: string, family: AddressFamily): Promise<Address[]> => {
	const {lookup} = await import('node:dns/promises'); // Most scans name no names, and loading it takes its time
	let cause: unknown;
	try {
		const found = await lookup(name, {all: true, family});
		const addresses = found.flatMap(({address}) => parseAddress(address) ?? []);
		if (addresses.length > 0) {
			return addresses;
		}
	} catch (error) {
		cause = error;
	}

	const wanted = family === 6 ? ' to an IPv6 address' : '';
	throw new ScanError('ERR_HALFOPEN_NAME', `Failed to resolve \`${name}\`${wanted}`, {cause});
};
