import type {Address, Path, Transport} from '@halfopen/model';
import type {DiscoveryWay} from '@halfopen/timing';
import {PathRanges} from '../path-ranges.ts';

/** The way to a target. */
export interface TargetPath {
	readonly path: Path;
	readonly way: DiscoveryWay;
	/** It is that of this target alone, and to be given back. */
	readonly isOwn: boolean;
}

/**
 * Finds the ways to targets: by the ranges of addresses that share one, where a transport knows them, and by the links
 * on which targets are asked themselves.
 */
export class DiscoveryPaths {
	readonly #transport: Transport;
	readonly #byLink: boolean;
	readonly #ranges = new PathRanges();

	/** `byLink`: those on a link are not to be looked for by the transport. */
	constructor(transport: Transport, {byLink}: {readonly byLink: boolean}) {
		this.#transport = transport;
		this.#byLink = byLink;
	}

	/** The way to ask this address; it may be being looked for, or lead nowhere. */
	find(address: Address): TargetPath {
		const shared = this.#covering(address);
		if (shared !== undefined) {
			return {path: shared, way: 'path', isOwn: false};
		}

		const link = this.#byLink && !isGroup(address) ? this.#transport.linkTo?.(address) : undefined;
		return link === undefined
			? {path: this.#transport.pathTo(address), way: 'path', isOwn: true}
			: {path: link, way: 'link', isOwn: false};
	}

	/** Ranges have no zone, so an address that has one is looked for by itself. */
	#covering(address: Address): Path | undefined {
		if (this.#transport.pathCovering === undefined || (address.family === 6 && address.zone !== undefined)) {
			return undefined;
		}

		const known = this.#ranges.find(address.value);
		if (known !== undefined) {
			return known;
		}

		const range = this.#transport.pathCovering(address.value);
		if (range !== undefined) {
			this.#ranges.add(range);
		}

		return range?.path;
	}
}

/** A group of hosts, which has a link and is nobody's neighbour (RFC 4291 §2.7). */
const isGroup = ({family, value}: Address): boolean => family === 6 && value >> 120n === 0xffn;
