import type {Path, ProbeProducer} from '@halfopen/model';
import {buildTargetSet, parseTarget, Permutation, type TargetSet} from '@halfopen/targets';

const PORTS = 1000;

/** Writes probes as a scan does: a place in the order, what is asked there, a record. Begins anew at its end. */
export class ProbeSource {
	readonly #targets: TargetSet;
	readonly #order: Permutation;
	readonly #ports: number;
	#position = 0;

	/** All hosts of a prefix, as in `10.98.0.0/16`, on this many ports. */
	constructor(prefix: string, ports: number = PORTS) {
		const spec = parseTarget(prefix);
		this.#ports = ports;
		this.#targets = buildTargetSet(spec.kind === 'block' ? [spec.block] : []);
		this.#order = new Permutation(this.#targets.size * ports, 1n);
	}

	/** Fills what is free in the ring. Returns how many were written. */
	writeInto(producer: ProbeProducer, path: Path): number {
		const count = producer.free;
		for (let left = count; left > 0; left--) {
			const number = this.#order.at(this.#position);
			const host = Math.floor(number / this.#ports);
			producer.write(
				this.#targets.at(host).value,
				1 + number - host * this.#ports,
				0,
				path.id,
				this.#position,
			);
			this.#position = this.#position + 1 === this.#order.size ? 0 : this.#position + 1;
		}

		return count;
	}
}
