// What -v says while a scan runs. `task` is the name of the phase, as in `SYN Stealth Scan`.

import {formatAddress, type Address, type Micros, type PortResult, type ScanPlan} from '@halfopen/model';
import {counted} from '../text/counted.ts';
import {formatMinute} from '../text/date-text.ts';
import {formatSeconds} from '../text/duration-text.ts';

/** Name of the port scan phase of each scan type, in Nmap's words. */
export const SCAN_TASK = {syn: 'SYN Stealth Scan', connect: 'Connect Scan'} as const;

/** Name of the phase in which hosts are found, in Nmap's words. */
export const pingTask = ({onlyBy}: Pick<ScanPlan, 'onlyBy'>): string =>
	onlyBy === undefined ? 'Ping Scan' : `${onlyBy} Ping Scan`;

/** `Initiating SYN Stealth Scan at 12:53`. */
export const formatInitiating = (task: string, at: number): string =>
	`Initiating ${task} at ${formatMinute(at)}\n`;

/** `Scanning 10.77.3.2 [4 ports]` for one host, `Scanning 2 hosts [205 ports/host]` for more. */
export const formatScanning = (hosts: number, ports: number, only?: string): string =>
	only === undefined
		? `Scanning ${counted(hosts, 'host')} [${counted(ports, 'port')}/host]\n`
		: `Scanning ${only} [${counted(ports, 'port')}]\n`;

/** `Scanning 256 hosts [4 probes/host]`; of neighbours each is asked once, at first. */
export const formatFinding = ({
	hostsTotal,
	onlyBy,
	discovery,
}: Pick<ScanPlan, 'hostsTotal' | 'onlyBy' | 'discovery'>): string =>
	`Scanning ${counted(hostsTotal, 'host')} [${counted(onlyBy === undefined ? discovery.probes.length : 1, 'probe')}/host]\n`;

/** `Completed Ping Scan at 12:53, 1.27s elapsed (256 total hosts, 12 up)`. */
export const formatFound = (task: string, at: number, took: Micros, hosts: number, up: number): string =>
	`Completed ${task} at ${formatMinute(at)}, ${formatSeconds(took, 2)}s elapsed (${hosts} total hosts, ${up} up)\n`;

/** `Discovered open port 22/tcp on 10.77.3.3`. */
export const formatDiscovered = (address: Address, {port, state}: PortResult): string =>
	`Discovered ${state} port ${port}/tcp on ${formatAddress(address)}\n`;

/** `Completed SYN Stealth Scan against 10.77.3.2 in 2.35s (1 host left)`. */
export const formatHostCompleted = (
	task: string,
	address: Address,
	took: Micros,
	hostsLeft: number,
): string =>
	`Completed ${task} against ${formatAddress(address)} in ${formatSeconds(took, 2)}s (${counted(hostsLeft, 'host')} left)\n`;

/** `Completed SYN Stealth Scan at 12:53, 2.35s elapsed (410 total ports)`. */
export const formatCompleted = (task: string, at: number, took: Micros, portsTotal: number): string =>
	`Completed ${task} at ${formatMinute(at)}, ${formatSeconds(took, 2)}s elapsed (${portsTotal} total ports)\n`;
