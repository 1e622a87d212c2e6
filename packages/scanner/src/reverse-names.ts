import {Resolver} from 'node:dns/promises';
import {type Address, formatAddress} from '@halfopen/model';

/** How long a name server is waited for, and how often it is asked. */
const TIMEOUT_MILLISECONDS = 1000;
const TRIES = 2;

/** Looks up names of addresses (PTR records) while a scan runs; a server that is dead costs a bounded time. */
export class ReverseNames {
	readonly #resolver = new Resolver({timeout: TIMEOUT_MILLISECONDS, tries: TRIES});

	/** The name of an address; `undefined` when it has none, or none was found in time. */
	async lookUp(address: Address): Promise<string | undefined> {
		try {
			const [name] = await this.#resolver.reverse(formatAddress(address));
			return name;
		} catch {
			return undefined; // No such name, no server, or too late: the report does without
		}
	}

	/** Gives up on what is still looked up. */
	close(): void {
		this.#resolver.cancel();
	}
}
