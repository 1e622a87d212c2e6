import type {Address, AddressKey, Path, PathRange} from '@halfopen/model';

/** The ways out of a transport: what it answers `pathTo`, `releasePath`, `linkTo` and `pathCovering` with. */
export interface Paths {
	open(target: Address, mac?: string): Path;
	release(path: Path): void;
	link(target: Address): Path | undefined;
	covering(key: AddressKey): PathRange | undefined;
	/** Leads paths where the kernel's routes lead now; gives a line for each change. */
	followRoutes(): readonly string[];
	/** The same for the link-layer addresses of routers. */
	followRouters(): readonly string[];
	close(): void;
}
