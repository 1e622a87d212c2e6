import type {HostScan} from './host-scan.ts';

/** Hosts of which an answer came in this step, each once. */
export class AnsweringHosts {
	#hosts: HostScan[] = [];

	add(host: HostScan): void {
		if (!host.hasAnswered) {
			host.hasAnswered = true;
			this.#hosts.push(host);
		}
	}

	/** Takes out all of them. */
	take(): HostScan[] {
		const hosts = this.#hosts;
		this.#hosts = [];
		for (const host of hosts) {
			host.hasAnswered = false;
		}

		return hosts;
	}
}
