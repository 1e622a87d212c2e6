// The options of the command line.

import {OPTION_GROUPS, type Option, type OptionEntry, type OptionGroup} from './option.ts';
import {DISCOVERY} from './table/discovery.ts';
import {OTHER} from './table/other.ts';
import {OUTPUT} from './table/output.ts';
import {PACKETS} from './table/packets.ts';
import {PORTS_AND_ORDER} from './table/ports.ts';
import {SCAN_TYPE} from './table/scan-type.ts';
import {TARGETS} from './table/targets.ts';
import {TIMING} from './table/timing.ts';

const TABLES: Readonly<Record<OptionGroup, readonly OptionEntry[]>> = {
	Targets: TARGETS,
	'Host discovery': DISCOVERY,
	'Ports and order': PORTS_AND_ORDER,
	'Scan type': SCAN_TYPE,
	Timing: TIMING,
	Packets: PACKETS,
	Output: OUTPUT,
	Other: OTHER,
};

export const OPTIONS: readonly Option[] = OPTION_GROUPS.flatMap(group =>
	TABLES[group].map(entry => ({...entry, group})),
);
