// Asks a native transport which addresses share a path, and the kernel about addresses of each such range. Prints a
// PathRangesResult as JSON. Arguments: the addresses to ask about, as numbers, in JSON.
import {MILLISECOND, ipv4, micros, type PathRange} from '@halfopen/model';
import {findRoute, openNativeTransport} from '@halfopen/native';

export interface PathRangesResult {
	/** Addresses for which a range was known. */
	readonly covered: number;
	/** Addresses that the kernel was asked about. */
	readonly compared: number;
	/** What the kernel said otherwise, in words. */
	readonly differences: readonly string[];
}

const SAMPLES = 50;

/** What the kernel says of an address, without the address itself. */
const routeTo = (address: number): string => {
	try {
		const {device, source, gateway, local} = findRoute(ipv4(address));
		return [device, source.value, gateway?.value ?? 'on the link', local].join(' ');
	} catch (error) {
		return (error as Error).message.replace(/^[^:]*: /, '');
	}
};

const pathTo = ({path}: PathRange): string =>
	path.status === 'ready' ? `${path.device} ${path.source.value}` : path.problem!.replace(/^[^:]*: /, '');

/** Both ends, and addresses spread evenly between them. */
const samplesOf = ({first, last}: PathRange): number[] => {
	const [low, high] = [Number(first), Number(last)];
	return Array.from(
		{length: SAMPLES},
		(_, index) => low + Math.round(((high - low) * index) / (SAMPLES - 1)),
	);
};

const addresses = JSON.parse(process.argv[2]) as number[];
const transport = openNativeTransport({tries: 1});

// Asking for ranges makes the kernel look for nobody: the routers on the way have to be known before.
const paths = addresses.map(address => transport.pathTo(ipv4(address)));
while (paths.some(({status}) => status === 'resolving')) {
	await transport.wait(micros(transport.clock.now() + MILLISECOND));
}

let covered = 0;
let compared = 0;
const differences: string[] = [];
for (const address of addresses) {
	const range = transport.pathCovering?.(address);
	if (range !== undefined) {
		covered++;
		const expected = routeTo(address);
		for (const sample of samplesOf(range)) {
			compared++;
			const actual = routeTo(sample);
			if (actual !== expected || !actual.startsWith(pathTo(range))) {
				differences.push(`${address}: ${expected}; ${sample}: ${actual}; the path: ${pathTo(range)}`);
			}
		}
	}
}

await transport.close();
const result: PathRangesResult = {covered, compared, differences};
process.stdout.write(JSON.stringify(result));
