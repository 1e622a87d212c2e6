import type {TracedPacket} from '@halfopen/model';
import {captureFormat, type CaptureFormat, type CaptureHead} from '@halfopen/output';
import {BatchedWriter} from './batched-writer.ts';
import type {ReportFile} from './report-file.ts';

/** The file of `--pcap`: every packet of the scan. */
export class CaptureFile {
	readonly #file: ReportFile;
	readonly #format: CaptureFormat = captureFormat();
	readonly #writer: BatchedWriter;
	#hasBegun = false;

	constructor(file: ReportFile) {
		this.#file = file;
		this.#writer = new BatchedWriter(file);
	}

	/** What writing failed with, if it did. */
	get failure(): {readonly cause: unknown} | undefined {
		return this.#writer.failure;
	}

	async begin(head: CaptureHead): Promise<void> {
		this.#hasBegun = true;
		await this.#file.begin();
		await this.#writer.add(this.#format.begin({...head, isContinued: this.#file.isContinued}));
	}

	/** Nothing, or what is to be awaited before more is added. */
	packet(packet: TracedPacket): Promise<void> | undefined {
		return this.#writer.add(this.#format.packet(packet));
	}

	/** The end, of which `lost` packets are missing before it. */
	async end(lost: number): Promise<void> {
		if (!this.#hasBegun) {
			return;
		}

		const last = this.#format.end(lost);
		await this.#writer.add(last);
		await this.#writer.flush();
		if (this.#writer.failure !== undefined) {
			await this.#file.squeezeIn(last).catch(() => {});
		}
	}

	async close(): Promise<void> {
		await this.#file.close();
	}
}
