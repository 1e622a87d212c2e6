import type {Address} from '../address.ts';
import type {PortState, Reason} from '../port-state.ts';
import type {ProbeKind} from '../probe-ring.ts';
import type {Micros} from '../time.ts';

/** What a decision of the engine was about; for `-d`, `--explain` and tests. */
export type Decision = {
	readonly at: Micros;
	readonly address: Address;
	readonly port: number;
	readonly attempt: number;
} & (
	| {readonly what: 'probe-sent'}
	| {readonly what: 'probe-failed'; readonly errno: number}
	| {readonly what: 'probe-timed-out'; readonly timeout: Micros}
	| {readonly what: 'retransmission-queued'}
	| {readonly what: 'tries-exhausted'}
	| {
			readonly what: 'reply-matched';
			readonly rtt: Micros | undefined;
			readonly state: PortState;
			readonly reason: Reason;
	  }
	| {readonly what: 'reply-ignored'; readonly because: string}
	| {
			readonly what: 'state-set';
			readonly state: PortState;
			readonly reason: Reason;
			readonly previous: PortState;
	  }
	/** A probe was sent to find out whether the host is up; `port` is that of the probe. */
	| {readonly what: 'host-asked'; readonly probe: ProbeKind}
	/** An answer to such a probe, and what it says. A router that says `unreachable` may be wrong, and shortens the wait. */
	| {
			readonly what: 'host-answered';
			readonly rtt: Micros | undefined;
			readonly reason: Reason;
			readonly says: 'up' | 'down' | 'unreachable';
	  }
	/** No answer to a try, which is all probes of the plan, for so long; the host is asked again. */
	| {readonly what: 'host-silent'; readonly waited: Micros}
	/** The host is up or down. Of one that is down, after how many tries. */
	| {
			readonly what: 'host-decided';
			readonly status: 'up' | 'down';
			readonly reason: Reason;
			readonly tries: number;
	  }
);

/** Whether a decision is about a host, and whether it is up, rather than about one of its ports. */
export const isAboutHost = ({what}: Pick<Decision, 'what'>): boolean => what.startsWith('host-');
