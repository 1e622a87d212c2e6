import type {Micros} from '@halfopen/model';
import type {TimingTemplate} from '@halfopen/timing';

/** Everything that a command line says. What is absent was not said. */
export interface Settings {
	readonly action: 'scan' | 'help' | 'version';

	readonly inputFile?: string;
	readonly exclude: readonly string[];
	readonly excludeFile?: string;
	readonly reverseNames: 'up' | 'all' | 'never';

	readonly ports?: string;
	readonly topPorts?: number;
	/** -F: the 100 most popular ports. */
	readonly fast: boolean;
	readonly sequential: boolean;
	readonly seed?: number;

	readonly scanType?: 'syn' | 'connect';
	/** --privileged or --unprivileged: which scan type is the default. */
	readonly privileged?: boolean;

	readonly template?: TimingTemplate;
	readonly maxRetries?: number;
	readonly minRate?: number;
	readonly maxRate?: number;
	readonly scanDelay?: Micros;
	readonly maxScanDelay?: Micros;
	readonly minParallelism?: number;
	readonly maxParallelism?: number;
	readonly minRttTimeout?: Micros;
	readonly maxRttTimeout?: Micros;
	readonly initialRttTimeout?: Micros;
	readonly hostTimeout?: Micros;
	readonly minHostGroup?: number;
	readonly maxHostGroup?: number;
	readonly confidence?: number;
	readonly ignoreResets?: boolean;

	readonly send?: 'auto' | 'ip' | 'packet' | 'connect';
	readonly device?: string;
	readonly sourcePort?: number;
	readonly ttl?: number;

	/** --simulate: describes the network that is scanned instead of a real one. */
	readonly simulateFile?: string;

	readonly normalFile?: string;
	readonly appendOutput: boolean;
	readonly verbosity: number;
	readonly debugging: number;
	readonly reasons: boolean;
	readonly onlyOpen: boolean;
	readonly packetTrace: boolean;
	readonly statsEvery?: Micros;
}

/** What an empty command line says. */
export const DEFAULT_SETTINGS: Settings = {
	action: 'scan',
	exclude: [],
	reverseNames: 'up',
	fast: false,
	sequential: false,
	appendOutput: false,
	verbosity: 0,
	debugging: 0,
	reasons: false,
	onlyOpen: false,
	packetTrace: false,
};
