import type {Address, AddressFamily, AddressKey, Path, PathRange} from '@halfopen/model';
import type {NativeTransportHandle} from './native.ts';
import type {Paths} from './paths.ts';

/** Ways to nowhere, for packets that are built and dropped: one for each family, to all addresses. */
export class NullPaths implements Paths {
	readonly #ranges: Readonly<Record<AddressFamily, PathRange>>;

	constructor(handle: Pick<NativeTransportHandle, 'setPath'>) {
		for (const range of RANGES) {
			const {path} = range;
			handle.setPath(path.id, {
				source: path.source.value,
				interfaceIndex: 0,
				sourceMac: NO_MAC,
				destinationMac: NO_MAC,
			});
		}

		const [v4, v6] = RANGES;
		this.#ranges = {4: v4, 6: v6};
	}

	open({family}: Address): Path {
		return this.#ranges[family].path;
	}

	release(): void {
		// It leads to everybody.
	}

	link(): undefined {
		// Nobody is on a link.
	}

	covering(key: AddressKey): PathRange {
		return this.#ranges[typeof key === 'number' ? 4 : 6];
	}

	followRoutes(): readonly string[] {
		return [];
	}

	followRouters(): readonly string[] {
		return [];
	}

	close(): void {
		// Nothing was opened.
	}
}

/** Frames are built as for Ethernet: with a header of the usual length. */
const NO_MAC = new Uint8Array(6);

const nullPath = (id: number, source: Address): Path => ({
	id,
	status: 'ready',
	device: 'null',
	source,
	local: false,
});

// Sources for documentation: 192.0.2.1 (RFC 5737), 2001:db8::1 (RFC 3849).
const RANGES = [
	{path: nullPath(0, {family: 4, value: 0xc0_00_02_01}), first: 0, last: 2 ** 32 - 1},
	{
		path: nullPath(1, {family: 6, value: 0x20_01_0d_b8_00_00_00_00_00_00_00_00_00_00_00_01n}),
		first: 0n,
		last: 2n ** 128n - 1n,
	},
] as const satisfies readonly PathRange[];
