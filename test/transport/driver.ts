import assert from 'node:assert/strict';
import {
	SECOND,
	copyReply,
	micros,
	parseAddress,
	type Address,
	type Path,
	type Reply,
	type SentProbe,
	type Transport,
} from '@halfopen/model';
import type {ComplianceOptions, ComplianceSubject, Endpoint} from './compliance-network.ts';

/** What is expected comes within milliseconds; a case that waited for this long has failed. */
const PATIENCE = 10 * SECOND;

/** Uses a transport as an engine does: writes, flushes, waits, and takes what comes. */
export class Driver {
	readonly transport: Transport;
	/** All that came so far, in the order in which it came. */
	readonly sent: SentProbe[] = [];
	readonly replies: Reply[] = [];
	#written = 0;

	constructor(transport: Transport) {
		this.transport = transport;
	}

	/** A way out that is no longer being looked for. */
	async pathTo(address: string): Promise<Path> {
		const path = this.transport.pathTo(read(address));
		await this.until(() => path.status !== 'resolving');
		return path;
	}

	/** Writes one probe. Its tag is the number of probes written before it. */
	write({address, port}: Endpoint, attempt: number, path: Path): void {
		this.transport.probes.write(read(address).value, port, attempt, path.id, this.#written++);
	}

	/** Takes what comes until the condition holds. */
	async until(isDone: () => boolean): Promise<void> {
		const deadline = micros(this.transport.clock.now() + PATIENCE);
		while (!isDone()) {
			assert.ok(this.transport.clock.now() < deadline, `nothing more came: ${this.#describe()}`);
			await this.transport.wait(deadline);
			this.take();
		}
	}

	/** Takes what comes for a while. */
	async watch(duration: number): Promise<void> {
		const deadline = micros(this.transport.clock.now() + duration);
		while (this.transport.clock.now() < deadline) {
			await this.transport.wait(deadline);
			this.take();
		}
	}

	take(): void {
		this.transport.probes.takeSent((tag, sentAt, error) => this.sent.push({tag, sentAt, error}));
		while (this.transport.replies.next()) {
			this.replies.push(copyReply(this.transport.replies));
		}
	}

	#describe(): string {
		return `${this.#written} probes written, ${this.sent.length} sent, ${this.replies.length} replies`;
	}
}

/** Opens a transport for the time of `body`. */
export const drive = async (
	subject: ComplianceSubject,
	body: (driver: Driver) => Promise<void>,
	options: ComplianceOptions = {tries: 4},
): Promise<void> => {
	const transport = await subject.open(options);
	try {
		await body(new Driver(transport));
	} finally {
		await transport.close();
	}
};

export const read = (text: string): Address => {
	const address = parseAddress(text);
	assert.ok(address, `not an address: ${text}`);
	return address;
};
