// Keeps paths open while routes change, and asks along them after each change. Prints a RouteStep of each in JSON.
// Argument: a RouteChanges in JSON.
import {execFileSync} from 'node:child_process';
import {
	MILLISECOND,
	PROBE_KIND,
	SECOND,
	addressOf,
	formatAddress,
	micros,
	parseAddress,
} from '@halfopen/model';
import {openNativeTransport, type NativeTransportOptions} from '@halfopen/native';

export interface RouteChanges {
	readonly send: NonNullable<NativeTransportOptions['send']>;
	/** To which paths are opened, once. */
	readonly targets: readonly string[];
	/** Commands of `ip`, one step after the other. */
	readonly steps: readonly string[];
}

/** What is so after a step; the first is before any. */
export interface RouteStep {
	readonly warnings: readonly string[];
	readonly paths: readonly {
		readonly status: string;
		readonly device: string;
		readonly source: string;
		readonly problem?: string;
	}[];
	/** Targets that answered an echo request. */
	readonly answered: readonly string[];
	/** Targets to which the senders refused one. */
	readonly refused: readonly string[];
}

const PATIENCE = micros(3 * SECOND);

const {send, targets, steps} = JSON.parse(process.argv[2]) as RouteChanges;
const addresses = targets.map(target => parseAddress(target)!);
const transport = openNativeTransport({tries: 1, discovery: [PROBE_KIND.echo], send});
const paths = addresses.map(address => transport.pathTo(address));

const until = async (isDone: () => boolean, patience = PATIENCE): Promise<void> => {
	const deadline = transport.clock.now() + patience;
	while (!isDone() && transport.clock.now() < deadline) {
		await transport.wait(micros(transport.clock.now() + 20 * MILLISECOND));
	}
};

const askAll = async (): Promise<Pick<RouteStep, 'answered' | 'refused'>> => {
	const answered = new Set<string>();
	const refused = new Set<string>();
	for (const [index, path] of paths.entries()) {
		transport.probes.write(addresses[index].value, 0, 0, path.id, index, PROBE_KIND.echo);
	}

	await until(() => {
		transport.probes.takeSent((index, _at, errno) => {
			if (errno !== 0) {
				refused.add(targets[index]);
			}
		});
		while (transport.replies.next()) {
			answered.add(formatAddress(addressOf(transport.replies.target)));
		}

		return answered.size + refused.size === targets.length;
	});
	return {
		answered: targets.filter(one => answered.has(one)),
		refused: targets.filter(one => refused.has(one)),
	};
};

const stepAfter = async (warnings: readonly string[]): Promise<RouteStep> => ({
	warnings,
	paths: paths.map(({status, device, source, problem}) => ({
		status,
		device,
		source: formatAddress(source),
		...(problem !== undefined && {problem}),
	})),
	...(await askAll()),
});

await until(() => paths.every(({status}) => status !== 'resolving'));
transport.takeWarnings?.();
const result = [await stepAfter([])];
for (const step of steps) {
	execFileSync('ip', ['-batch', '-'], {input: step});
	const warnings: string[] = [];
	await until(() => warnings.push(...(transport.takeWarnings?.() ?? [])) > 0);
	result.push(await stepAfter(warnings));
}

await transport.close();
process.stdout.write(JSON.stringify(result));
