import type {Resolver} from 'node:dns/promises';
import {type Address, formatAddress} from '@halfopen/model';

/** How long a name server is waited for, and how often it is asked. */
const TIMEOUT_MILLISECONDS = 1000;
const TRIES = 2;

/** Looks up names of addresses (PTR records) while a scan runs; a server that is dead costs a bounded time. */
export class ReverseNames {
	#resolver: Promise<Resolver> | undefined;

	/** The name of an address; `undefined` when it has none, or none was found in time. */
	async lookUp(address: Address): Promise<string | undefined> {
		try {
			this.#resolver ??= newResolver();
			const [name] = await (await this.#resolver).reverse(formatAddress(address));
			return name;
		} catch {
			return undefined; // No such name, no server, or too late: the report does without
		}
	}

	/** Gives up on what is still looked up. */
	async close(): Promise<void> {
		(await this.#resolver)?.cancel();
	}
}

/** Loaded when the first name is looked up: with -n it never is. */
const newResolver = async (): Promise<Resolver> => {
	const {Resolver: AnyResolver} = await import('node:dns/promises');
	return new AnyResolver({timeout: TIMEOUT_MILLISECONDS, tries: TRIES});
};
