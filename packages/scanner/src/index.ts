export * from './list-targets.ts';
export {machineNetwork, type MachineNetwork, type RouteEntry} from './machine-network.ts';
export * from './scan.ts';
export type {Told} from '@halfopen/engine';
export type {ScanOptions} from './scan-options.ts';
export {discover, type DiscoverOptions} from './discover.ts';
export type {DiscoveryOptions, DiscoveryProbeSpec} from './discovery/discovery-options.ts';
export {
	ScanError,
	type ScanErrorCode,
	type ScanOptionName,
	type ScanEvent,
	type ScanPlan,
	type ScanSummary,
} from '@halfopen/model';
export type {
	HostReport,
	HostTimes,
	PortResult,
	PortState,
	PortTable,
	Progress,
	Reason,
} from '@halfopen/model';
export type {DiscoveryPlan, DiscoveryTotals, SweepPlan, SweepTotals} from '@halfopen/model';
export {findServicesFile, readServicesFile, type ServiceList} from '@halfopen/services';
export {type Ipv6Pattern, type PairList, parsePairs, type TargetList, TargetReader} from '@halfopen/targets';
export type {SimulatedHost, SimulatedLink, SimulatedNetwork} from '@halfopen/simulator';
export {formatAddress, type Address, type AddressFamily} from '@halfopen/model';
export type {TimingTemplate} from '@halfopen/timing';
export {micros, type Decision, type Micros, type TracedPacket} from '@halfopen/model';
