import type {Path, ProbeProducer} from '@halfopen/model';
import {
	type AddressBlock,
	buildTargetSet,
	parseTarget,
	ProbeOrder,
	productSpace,
	type ScanSpace,
} from '@halfopen/targets';

/** Writes probes as a sweep does: a place in the order, what is asked there, a record. Begins anew at its end. */
export class ProbeSource {
	readonly #space: ScanSpace;
	readonly #order: ProbeOrder;
	#position = 0;

	/** All hosts of a prefix, as in `10.98.0.0/16`, on ports from 1 on. */
	constructor(prefix: string, ports: number = PORTS) {
		this.#space = productSpace(
			buildTargetSet([blockOf(prefix)]),
			Uint16Array.from({length: ports}, (_, index) => index + 1),
		);
		this.#order = new ProbeOrder({size: this.#space.size, seed: 1n, sequential: false});
	}

	/** Writes as many as may wait to be sent. Returns how many. */
	writeInto(producer: ProbeProducer, path: Path, mostPending: number = Infinity): number {
		const count = Math.max(0, Math.min(producer.free, mostPending - producer.pending));
		for (let left = count; left > 0; left--) {
			const n = this.#order.numberAt(this.#position);
			producer.write(this.#space.keyAt(n), this.#space.portAt(n), 0, path.id, this.#position >>> 0);
			this.#position = this.#position + 1 === this.#order.size ? 0 : this.#position + 1;
		}

		return count;
	}
}

/** With a prefix of 16 bits more probes than any measurement sends. */
const PORTS = 1000;

const blockOf = (prefix: string): AddressBlock => {
	const spec = parseTarget(prefix);
	if (spec.kind !== 'block') {
		throw new RangeError(`Expected a prefix, got ${prefix}`);
	}

	return spec.block;
};
