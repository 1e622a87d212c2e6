import type {Address, Micros, PortState, Reason} from '@halfopen/model';

/** One thing that happened to a port, on the way to its state. */
export type Step =
	| {
			readonly kind: 'packet';
			readonly at: Micros;
			readonly direction: 'sent' | 'received';
			/** Which try it is, from 1, or which it answers; absent when that is not known. */
			readonly attempt?: number;
			/** What it is: `SYN`, or the words of an ICMP error. */
			readonly label: string;
			/** Its numbers, as in `seq=7`. */
			readonly numbers: string;
			/** Who sent it, when that was neither the scanner nor the port's host. */
			readonly from?: string;
			/** What it has to do with the other packets: which try it is, or how it proves to be an answer. */
			readonly note: string;
			/** No packet was traced: this follows from what the engine decided. */
			readonly isDeduced?: true;
	  }
	| {readonly kind: 'note'; readonly at: Micros; readonly text: string};

/** How a port came by its state. */
export interface Story {
	readonly address: Address;
	readonly port: number;
	/** What usually listens on the port, as far as is known; safe to print. */
	readonly service?: string;
	/** Our end of it, as in `10.0.0.1:52022`; absent where no packet showed it. */
	readonly scanner?: string;
	readonly scanType: 'syn' | 'connect';
	readonly state: PortState;
	readonly reason: Reason;
	/** In order of time. */
	readonly steps: readonly Step[];
	/** Steps beyond the most that are kept. */
	readonly stepsLeftOut: number;
	/** Ports of the same host that have the same state for the same reason, and whose story is not told. */
	readonly likewise: number;
}

export type PacketStep = Extract<Step, {kind: 'packet'}>;

/** The packet that answers a probe; `undefined` when none did. */
export const answerTo = (probe: PacketStep, {steps}: Pick<Story, 'steps'>): PacketStep | undefined =>
	steps.find(
		(step): step is PacketStep =>
			step.kind === 'packet' && step.direction === 'received' && step.attempt === probe.attempt,
	);
