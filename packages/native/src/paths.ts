import type {Address, AddressKey, Path, PathRange} from '@halfopen/model';

/** The ways out of a transport: what it answers `pathTo`, `releasePath` and `pathCovering` with. */
export interface Paths {
	open(target: Address): Path;
	release(path: Path): void;
	covering(key: AddressKey): PathRange | undefined;
	close(): void;
}
